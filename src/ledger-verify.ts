import { findHostBreaks, type HostBreak } from './domains/payments/earning/host-breaks.reads.ts';
import { type Verified, verifyBooks } from './domains/payments/ledger/verify/verify-books.ts';
import { openDatabase } from './platform/db/client.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { SetupError } from './platform/embedded/setup-error.ts';

/** As long as it takes: the books of years are read in one look. */
const PATIENCE_MS = 24 * 60 * 60 * 1_000;

/** Hosts listed at most. */
const MAX_HOSTS = 1_000;

/**
 * `npm run ledger:verify`: replays every journal of DATABASE_URL, or of the embedded database, and lists each balance,
 * version and sum that is not what the entries come to, and each host whose money does not add up; then exits with 1.
 */
async function main(): Promise<void> {
  const borrowed = await borrowPostgres(process.env, (line) => console.log(line));
  const database = openDatabase(borrowed.url, 1);
  try {
    // One snapshot: what is posted meanwhile is not seen by halves.
    const oneLook = { isolationLevel: 'RepeatableRead', timeout: PATIENCE_MS } as const;
    const [books, hosts] = await database.$transaction(
      async (tx) => [await verifyBooks(tx), await findHostBreaks(tx, MAX_HOSTS)] as const,
      oneLook,
    );
    tellHosts(hosts);
    tell(books);
  } finally {
    await database.$disconnect();
    await borrowed.giveBack();
  }
}

function tellHosts(breaks: HostBreak[]): void {
  for (const { hostId, currency, expectedMinor, foundMinor } of breaks) {
    console.error(`HOST ${hostId} in ${currency}: ${foundMinor}, expected ${expectedMinor}`);
  }
  if (breaks.length > 0) process.exitCode = 1;
}

function tell({ journals, accounts, entries, breaks, stoppedEarly }: Verified): void {
  for (const { kind, id, expected, found } of breaks) console.error(`${kind} ${id}: ${found}, expected ${expected}`);
  if (stoppedEarly) console.error('and more');
  if (breaks.length > 0) process.exitCode = 1;
  else console.log(`${journals} journals with ${entries} entries on ${accounts} accounts add up`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
