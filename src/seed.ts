import { systemClock } from './platform/clock.ts';
import { openDatabase } from './platform/db/client.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { dataFolder } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { demoLogins, writeDemoLogins } from './seed/demo-logins.ts';
import { seedDemoWorld } from './seed/demo-world.ts';

/** `npm run db:seed`: gives the database of DATABASE_URL, or the embedded one, its demo people; once. */
async function main(): Promise<void> {
  if (process.env.NODE_ENV === 'production') {
    console.log('no demo people in production: everybody knows their password');
    return;
  }
  const borrowed = await borrowPostgres(process.env, (line) => console.log(line));
  const database = openDatabase(borrowed.url, 1);
  try {
    await tell(await seedDemoWorld(database, systemClock.now()));
  } finally {
    await database.$disconnect();
    await borrowed.giveBack();
  }
}

async function tell(result: Awaited<ReturnType<typeof seedDemoWorld>>): Promise<void> {
  if (result === 'taken') {
    console.log('somebody else has the name of a demo person: nothing was loaded');
    return;
  }
  await writeDemoLogins(dataFolder(process.env));
  if (result === 'present') return;
  for (const { email, password } of demoLogins) console.log(`sign in as ${email} with ${password}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
