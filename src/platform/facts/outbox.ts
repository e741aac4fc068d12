import { AsyncLocalStorage } from 'node:async_hooks';
import type { FactContract, PayloadOf } from '../../kernel/contract.ts';
import type { Database, Transaction } from '../db/client.ts';
import { newId } from '../ids.ts';

/** A fact as it lies in `outbox_events`. Ids ascend in the order in which one process records. */
export interface OutboxRow {
  id: string;
  name: string;
  payload: unknown;
}

/**
 * The row of a fact; its payload is as JSON carries it.
 * @throws ZodError when the fact's own schema would refuse it on arrival
 */
export const draftFact = <F extends FactContract>(fact: F, payload: PayloadOf<F>): OutboxRow => {
  const carried: unknown = JSON.parse(JSON.stringify(payload));
  fact.payload.parse(carried);
  return { id: newId(), name: fact.name, payload: carried };
};

/** Ids of the facts that a job or a subscriber records while it runs; its transactions may still be rolled back. */
const recorded = new AsyncLocalStorage<string[]>();

/** Runs a job or a subscriber, and gives `after` the ids of what it recorded, however it ended. */
export const noteRecorded = async (run: () => Promise<void>, after: (factIds: string[]) => void): Promise<void> => {
  const factIds: string[] = [];
  try {
    await recorded.run(factIds, run);
  } finally {
    after(factIds);
  }
};

/**
 * Records a fact in the transaction of a job or a subscriber, beside the change it reports; it is relayed as soon as that
 * has run, or by the poll. Committed operations use `context.record` instead.
 */
export const recordFact = async <F extends FactContract>(
  tx: Transaction,
  fact: F,
  payload: PayloadOf<F>,
): Promise<void> => {
  const row = draftFact(fact, payload);
  await tx.$executeRaw`
    INSERT INTO outbox_events (id, name, payload) VALUES (${row.id}::uuid, ${row.name}, ${JSON.stringify(row.payload)}::jsonb)`;
  recorded.getStore()?.push(row.id);
};

/** Those of the facts that were committed and wait to be relayed, in order. */
export const unrelayedAmong = (database: Database, factIds: string[]): Promise<OutboxRow[]> =>
  database.$queryRaw<OutboxRow[]>`
    SELECT id, name, payload FROM outbox_events
    WHERE id = ANY(${factIds}::uuid[]) AND relayed_at IS NULL ORDER BY id`;

/** Whether a fact waits to be relayed for over a second. */
export const hasUnrelayed = async (database: Database): Promise<boolean> => {
  const [row] = await database.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM outbox_events WHERE relayed_at IS NULL AND created_at < now() - interval '1 second'
    ) AS waits`;
  return row?.waits === true;
};

/**
 * Locks up to `limit` facts after `afterId` that wait to be relayed for over a second, in order; rows that another worker
 * holds are left to it.
 */
export const takeUnrelayed = (tx: Transaction, afterId: string, limit: number): Promise<OutboxRow[]> =>
  tx.$queryRaw<OutboxRow[]>`
    SELECT id, name, payload FROM outbox_events
    WHERE relayed_at IS NULL AND id > ${afterId}::uuid AND created_at < now() - interval '1 second'
    ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

/** Notes that every subscriber's job is in the queue. */
export const markRelayed = async (database: Database | Transaction, ids: string[]): Promise<void> => {
  await database.$executeRaw`UPDATE outbox_events SET relayed_at = now() WHERE id = ANY(${ids}::uuid[])`;
};

/** Forgets up to `limit` facts that were relayed over a day ago and that nobody is owed. @returns how many */
export const forgetDelivered = (database: Database, limit: number): Promise<number> =>
  database.$executeRaw`
    DELETE FROM outbox_events WHERE id IN (
      SELECT id FROM outbox_events AS fact
      WHERE relayed_at < now() - interval '1 day' AND due_at IS NULL
        AND NOT EXISTS (SELECT FROM fact_deliveries WHERE fact_id = fact.id AND is_put_aside)
      ORDER BY id LIMIT ${limit})`;
