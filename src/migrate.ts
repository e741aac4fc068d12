import { migrate } from './platform/db/migrate.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { projectPath } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';

/** `npm run db:migrate`: brings the database of DATABASE_URL, or the embedded one, up to date. */
async function main(): Promise<void> {
  const database = await borrowPostgres(process.env, (line) => console.log(line));
  try {
    const applied = await migrate({ databaseUrl: database.url, migrationsDir: projectPath('prisma/migrations') });
    for (const name of applied) console.log(`applied ${name}`);
    if (applied.length === 0) console.log('the database is up to date');
  } finally {
    await database.giveBack();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
