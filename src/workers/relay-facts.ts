import { boundTransaction } from '../platform/db/bound-transaction.ts';
import type { Database } from '../platform/db/client.ts';
import type { Deliver } from '../platform/facts/deliveries.ts';
import { hasUnrelayed, markRelayed, type OutboxRow, takeUnrelayed, unrelayedAmong } from '../platform/facts/outbox.ts';
import type { Log } from '../platform/log.ts';
import { repeat } from './repeat.ts';

/** Brings facts from the outbox to their subscribers' queue. */
export interface Relay {
  /** Takes the facts of a transaction that has just committed. Never throws: what is lost here the poll finds. */
  push: (rows: OutboxRow[]) => void;
  /** Takes facts that a job or a subscriber recorded, if they were committed. Never throws, as `push`. */
  pushRecorded: (factIds: string[]) => void;
  /** Ends the poll and waits for what is under way. */
  stop: () => Promise<void>;
}

export interface RelayParts {
  database: Database;
  deliver: Deliver;
  log: Log;
}

const POLL_MS = 1_000;
const BATCH = 200;
/** Facts of this worker's own commits in memory at most; beyond it the poll relays them. */
const MAX_PENDING = 5_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Relays committed facts at once, those of one moment in one go; once a second it looks for what a crash has left. */
export const startRelay = (parts: RelayParts): Relay => {
  let pending: OutboxRow[] = [];
  let draining: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    while (pending.length > 0) {
      const rows = pending;
      pending = [];
      await relayRows(parts, rows);
    }
    draining = null;
  };

  const push = (rows: OutboxRow[]): void => {
    if (rows.length === 0 || pending.length + rows.length > MAX_PENDING) return;
    pending.push(...rows);
    draining ??= drain();
  };

  const polling = repeat({ everyMs: POLL_MS, log: parts.log, failure: 'outbox not read' }, (isStopping) =>
    relayLeftovers(parts, isStopping),
  );
  return {
    push,
    pushRecorded: (factIds) => {
      if (factIds.length === 0) return;
      unrelayedAmong(parts.database, factIds)
        .then(push)
        .catch((error: unknown) => parts.log.debug({ err: error }, 'facts left to the poll'));
    },
    stop: async () => {
      await Promise.all([polling.stop(), draining]);
    },
  };
};

const relayRows = async ({ database, deliver, log }: RelayParts, rows: OutboxRow[]): Promise<void> => {
  const inOrder = rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  try {
    await deliver.first(inOrder);
    await markRelayed(
      database,
      inOrder.map(({ id }) => id),
    );
  } catch (error) {
    log.debug({ err: error }, 'facts left to the poll');
  }
};

const relayLeftovers = async (parts: RelayParts, isStopping: () => boolean): Promise<void> => {
  // Nearly always there is nothing: one statement says so more cheaply than a transaction.
  if (!(await hasUnrelayed(parts.database))) return;
  let afterId: string | undefined = FIRST_ID;
  while (afterId !== undefined && !isStopping()) afterId = await relayBatch(parts, afterId);
};

/** Locked until marked: another worker's poll skips what this one is relaying. @returns where to go on, if there may be more */
const relayBatch = ({ database, deliver }: RelayParts, afterId: string): Promise<string | undefined> =>
  boundTransaction(database, async (tx) => {
    const rows = await takeUnrelayed(tx, afterId, BATCH);
    if (rows.length === 0) return;
    await deliver.first(rows);
    await markRelayed(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.length < BATCH ? undefined : rows.at(-1)?.id;
  });
