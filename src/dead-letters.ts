import { persistChats } from './domains/social/chat/persist.ts';
import { type Database, openDatabase } from './platform/db/client.ts';
import { borrowPostgres, borrowRedis } from './platform/embedded/borrow.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { openQueue } from './platform/jobs/queue.ts';
import { createLog } from './platform/log.ts';
import { connectRedis, untilReady } from './platform/redis/connect.ts';
import { discardLetters, type Letter, readLetters } from './workers/dead-letters/letters.ts';
import { retryQueuedLetters } from './workers/dead-letters/retry-queued-letters.ts';
import { type Retried, retryRoomLetters } from './workers/dead-letters/retry-room-letters.ts';

const USAGE = 'usage: npm run dead-letters -- list | retry all|ID... | discard ID...';

const PERSISTERS = new Map([['chat', persistChats]]);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `npm run dead-letters`: lists what was put aside at DATABASE_URL, or in the embedded database, tries it again (a room's
 * entries are stored at their places, jobs and facts go back into their queues), or throws it away. Exits with 1 when
 * something could not be done again.
 */
async function main(): Promise<void> {
  const [command, ...ids] = process.argv.slice(2);
  const borrowed = await borrowPostgres(process.env, (line) => console.log(line));
  const database = openDatabase(borrowed.url, 2);
  try {
    await run(database, command, ids);
  } finally {
    await database.$disconnect();
    await borrowed.giveBack();
  }
}

async function run(database: Database, command: string | undefined, ids: string[]): Promise<void> {
  if (command === 'list' && ids.length === 0) return list(await readLetters(database, 'all'));
  if (command === 'retry' && ids.length === 1 && ids[0] === 'all') {
    return tell(await retry(database, await readLetters(database, 'all')));
  }
  if (ids.length === 0 || !ids.every((id) => UUID.test(id))) throw new SetupError(USAGE);
  if (command === 'retry') return tell(await retry(database, await readLetters(database, ids)));
  if (command !== 'discard') throw new SetupError(USAGE);
  console.log(`${await discardLetters(database, ids)} discarded`);
}

function list(letters: Letter[]): void {
  for (const { id, source, reference, error, createdAt } of letters) {
    console.log(`${id} ${createdAt.toISOString()} ${source} ${reference}: ${error.split('\n')[0]}`);
  }
  console.log(`${letters.length} letters`);
}

async function retry(database: Database, letters: Letter[]): Promise<Retried[]> {
  const ofRooms = letters.filter(({ source }) => source === 'room');
  const queued = letters.filter(({ source }) => source !== 'room');
  const retried = await retryRoomLetters(database, PERSISTERS, ofRooms);
  return queued.length === 0 ? retried : [...retried, ...(await requeue(database, queued))];
}

async function requeue(database: Database, letters: Letter[]): Promise<Retried[]> {
  const log = createLog('warn');
  const url = process.env.REDIS_JOBS_URL;
  const borrowed = url
    ? { url, giveBack: async () => {} }
    : await borrowRedis(process.env, (line) => console.log(line));
  const redis = connectRedis(borrowed.url, log, { enableAutoPipelining: false });
  try {
    await untilReady(redis);
    const queues = { job: openQueue('jobs', redis, log), fact: openQueue('facts', redis, log) };
    return await retryQueuedLetters(database, queues, letters);
  } finally {
    redis.disconnect();
    await borrowed.giveBack();
  }
}

function tell(retried: Retried[]): void {
  const failed = retried.filter(({ failure }) => failure !== null);
  for (const { letter, failure } of failed) console.error(`${letter.id} ${letter.reference}: ${String(failure)}`);
  console.log(`${retried.length - failed.length} done again, ${failed.length} left`);
  if (failed.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
