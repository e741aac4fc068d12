import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import type { Log } from '../../../platform/log.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import { openDoor } from './door.steps.ts';
import { eventsScannedSince, keysAfter } from './recount.reads.ts';
import { refold } from './refold.steps.ts';

const recountDoors = job({
  name: 'checkin.recount',
  summary:
    'Folds all scans of events that were scanned at since the day before anew; what differs is put right and logged.',
  payload: z.object({}),
  everyMs: 24 * 3_600_000,
});

/** Scans may have come until a while before the last run. */
const LOOKED_BACK_MS = 26 * 3_600_000;
const EVENTS = 1_000;
/** Admissions in one transaction. */
const AT_ONCE = 200;

/** Proves that what is stored is what the fold says: after a restored backup, or a change of the fold itself. */
export const recountScans = ({ database, clock, log }: { database: Database; clock: Clock; log: Log }): JobHandler =>
  jobHandler({
    contract: recountDoors,
    run: async () => {
      const since = new Date(clock.now().getTime() - LOOKED_BACK_MS);
      await oneByOne(log, await eventsScannedSince(database, since, EVENTS), async (eventId) => {
        const changed = await recountEvent(database, eventId);
        if (changed > 0)
          log.error({ eventId, changed }, 'outcomes of scans were others than their fold says, and were put right');
      });
    },
  });

/** @returns how many outcomes were others */
const recountEvent = async (database: Database, eventId: string): Promise<number> => {
  let changed = 0;
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof foldPage>> = await boundTransaction(database, (tx) =>
      foldPage(tx, eventId, after),
    );
    changed += page.changed;
    if (page.last === null) return changed;
    after = page.last;
  }
};

const foldPage = async (tx: Transaction, eventId: string, after: string | null) => {
  const door = await openDoor(tx, eventId);
  const keys = door ? await keysAfter(tx, { eventId, after, limit: AT_ONCE }) : [];
  let changed = 0;
  for (const list of door?.lists.values() ?? []) {
    const admissionIds = keys.flatMap(({ listId, admissionId }) => (listId === list.id ? admissionId : []));
    if (!door || admissionIds.length === 0) continue;
    changed += await refold(
      { tx, record: recordIn(tx), event: door.event, lists: door.lists },
      { listId: list.id, admissionIds },
    );
  }
  return { changed, last: keys.at(-1)?.admissionId ?? null };
};
