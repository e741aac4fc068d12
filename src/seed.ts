import { systemClock } from './platform/clock.ts';
import { type Database, openDatabase } from './platform/db/client.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { dataFolder } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { readAmounts } from './seed/bulk/arguments.ts';
import { loadBulk } from './seed/bulk/load.ts';
import { seedDemoEvents } from './seed/demo/world.ts';
import { seedDemoAdmin } from './seed/demo-admin.ts';
import { demoLogins, writeDemoLogins } from './seed/demo-logins.ts';
import { seedDemoWorld } from './seed/demo-world.ts';
import { loadReference } from './seed/reference/load.ts';

/**
 * `npm run db:seed`: gives the database of DATABASE_URL, or the embedded one, what it begins with, and outside production
 * its demo world; each once. With `-- --events 1000000 --messages 1000000` it makes so many rows to measure with instead.
 */
async function main(): Promise<void> {
  const amounts = readAmounts(process.argv.slice(2));
  const isProduction = process.env.NODE_ENV === 'production';
  if (isProduction && amounts) {
    console.log('no rows to measure with in production');
    return;
  }
  const borrowed = await borrowPostgres(process.env, (line) => console.log(line));
  try {
    const now = systemClock.now();
    if (amounts) await loadBulk({ databaseUrl: borrowed.url, amounts, now, output: process.stdout });
    else await load(borrowed.url, { now, isProduction });
  } finally {
    await borrowed.giveBack();
  }
}

async function load(databaseUrl: string, { now, isProduction }: { now: Date; isProduction: boolean }): Promise<void> {
  const database = openDatabase(databaseUrl, 1);
  try {
    const count = await loadReference(database);
    if (count > 0) console.log(`loaded ${count} rows that every installation begins with`);
    if (isProduction) console.log('no demo people in production: everybody knows their password');
    else await loadDemoWorld(database, now);
  } finally {
    await database.$disconnect();
  }
}

async function loadDemoWorld(database: Database, now: Date): Promise<void> {
  const result = await seedDemoWorld(database, now);
  if (result === 'taken') {
    console.log('somebody else has the name of a demo person: nothing was loaded');
    return;
  }
  await seedDemoEvents(database, now);
  await tell(result);
  const file = await seedDemoAdmin(database, { now, dataDir: dataFolder(process.env) });
  if (file) console.log(`how to sign in as the demo administrator stands in ${file}`);
}

async function tell(result: 'made' | 'present'): Promise<void> {
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
