import { systemClock } from './platform/clock.ts';
import { openDatabase } from './platform/db/client.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { dataFolder } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { readAmounts } from './seed/bulk/arguments.ts';
import { loadBulk } from './seed/bulk/load.ts';
import { demoLogins, writeDemoLogins } from './seed/demo-logins.ts';
import { seedDemoWorld } from './seed/demo-world.ts';

/**
 * `npm run db:seed`: gives the database of DATABASE_URL, or the embedded one, its demo people; once. With
 * `-- --events 1000000 --messages 1000000` it makes so many rows to measure with instead.
 */
async function main(): Promise<void> {
  const amounts = readAmounts(process.argv.slice(2));
  if (process.env.NODE_ENV === 'production') {
    console.log('no demo people in production: everybody knows their password');
    return;
  }
  const borrowed = await borrowPostgres(process.env, (line) => console.log(line));
  try {
    const now = systemClock.now();
    if (amounts) await loadBulk({ databaseUrl: borrowed.url, amounts, now, output: process.stdout });
    else await loadDemoWorld(borrowed.url, now);
  } finally {
    await borrowed.giveBack();
  }
}

async function loadDemoWorld(databaseUrl: string, now: Date): Promise<void> {
  const database = openDatabase(databaseUrl, 1);
  try {
    await tell(await seedDemoWorld(database, now));
  } finally {
    await database.$disconnect();
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
