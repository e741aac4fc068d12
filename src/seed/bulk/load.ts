import { connectCreating } from '../../platform/db/create-database.ts';
import type { Amounts } from './arguments.ts';
import { topUp } from './batches.ts';
import { addCategories } from './categories.ts';
import { bringDice } from './dice.ts';
import { eventsBy } from './events.ts';
import { messagesBy } from './messages.ts';
import { people } from './people.ts';
import { postsBy } from './posts.ts';
import { type Output, showProgress } from './progress.ts';

/** Any number that no other program of ours locks. */
const LOCK_KEY = 72_657_002;

/** What the loader fills; their statistics, and the waiting entries of their search indexes, are put in order at the end. */
const TABLES = ['users', 'profiles', 'events', 'chats', 'chat_participants', 'messages', 'posts', 'search_words'];

interface Target {
  databaseUrl: string;
  amounts: Amounts;
  now: Date;
  /** Where the progress is shown. */
  output: Output;
}

/**
 * Fills a migrated database up to the amounts. Rows are made of their numbers, so a second run only adds what is missing, and
 * a run that was stopped goes on where it was. Two runs at once take turns.
 */
export const loadBulk = async ({ databaseUrl, amounts, now, output }: Target): Promise<void> => {
  const client = await connectCreating(databaseUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    await bringDice(client);
    await addCategories(client);
    const world = { people: amounts.people, now };
    const wanted = [
      [people, amounts.people],
      [eventsBy(world), amounts.events],
      [messagesBy(world), amounts.messages],
      [postsBy(world), amounts.posts],
    ] as const;
    for (const [kind, to] of wanted) {
      const from = await kind.count(client);
      if (from >= to) continue;
      await topUp(client, kind, { wanted: to, onBatch: showProgress(output, { what: kind.what, from, to }) });
    }
    output.write('analysing\n');
    await client.query(`VACUUM (ANALYZE) ${TABLES.join(', ')}`);
  } finally {
    await client.end(); // the lock goes with the session
  }
};
