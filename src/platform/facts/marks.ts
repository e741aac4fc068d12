import type { Bounds } from '../db/bound-transaction.ts';
import { limitsOf } from '../db/bound-transaction.ts';
import type { Database, Transaction } from '../db/client.ts';

/** One fact for one subscriber: what a row of `fact_deliveries` says is done. */
export interface Delivered {
  factId: string;
  subscriber: string;
}

/**
 * Marks the delivery as done by this transaction, and bounds the transaction's time in PostgreSQL. Waits while another
 * transaction is about to do the same.
 * @returns false when it was done before: then there is nothing to do
 */
export const claimDelivery = async (
  tx: Transaction,
  { factId, subscriber }: Delivered,
  bounds: Bounds,
): Promise<boolean> => {
  const { lock, statement, idle } = limitsOf(bounds);
  const [row] = await tx.$queryRaw<{ claimed: boolean }[]>`
    WITH limits AS MATERIALIZED (
      SELECT set_config('lock_timeout', ${lock}, true), set_config('statement_timeout', ${statement}, true),
             set_config('idle_in_transaction_session_timeout', ${idle}, true)
    ), claim AS (
      INSERT INTO fact_deliveries AS known (fact_id, subscriber) SELECT ${factId}::uuid, ${subscriber} FROM limits
      ON CONFLICT (fact_id, subscriber) DO UPDATE SET is_put_aside = false, at = now() WHERE known.is_put_aside
      RETURNING 1
    )
    SELECT EXISTS (SELECT FROM claim) AS claimed`;
  return row?.claimed === true;
};

/** Marks deliveries as done, all in one statement. */
export const markDone = async (database: Database | Transaction, deliveries: Delivered[]): Promise<void> => {
  await database.$executeRaw`
    INSERT INTO fact_deliveries AS known (fact_id, subscriber)
    SELECT DISTINCT "factId", subscriber
    FROM jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) AS row ("factId" uuid, subscriber text)
    ORDER BY "factId", subscriber
    ON CONFLICT (fact_id, subscriber) DO UPDATE SET is_put_aside = false, at = now() WHERE known.is_put_aside`;
};

/** Whether the subscriber has the fact already. */
export const isDone = async (database: Database, { factId, subscriber }: Delivered): Promise<boolean> => {
  const [row] = await database.$queryRaw<unknown[]>`
    SELECT 1 FROM fact_deliveries
    WHERE fact_id = ${factId}::uuid AND subscriber = ${subscriber} AND NOT is_put_aside`;
  return row !== undefined;
};

/** Marks a delivery as put aside: it is not tried again by itself, and its fact is kept. */
export const markPutAside = async (tx: Transaction, { factId, subscriber }: Delivered): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO fact_deliveries (fact_id, subscriber, is_put_aside) VALUES (${factId}::uuid, ${subscriber}, true)
    ON CONFLICT DO NOTHING`;
};

/**
 * Has a delivery that was put aside tried again, as if it had never failed.
 * @returns false when it is not put aside, or its fact is not there any more
 */
export const putBack = async (tx: Transaction, { factId, subscriber }: Delivered): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH back AS (
      DELETE FROM fact_deliveries AS aside USING outbox_events AS fact
      WHERE aside.fact_id = ${factId}::uuid AND aside.subscriber = ${subscriber} AND aside.is_put_aside
        AND fact.id = aside.fact_id
      RETURNING aside.fact_id
    )
    UPDATE outbox_events AS fact SET due_at = now() FROM back WHERE fact.id = back.fact_id RETURNING 1`;
  return rows.length > 0;
};

/** Forgets up to `limit` marks of facts of two days ago that are forgotten themselves. @returns how many */
export const forgetMarks = (database: Database, limit: number): Promise<number> =>
  // Ids begin with the time in milliseconds, so old ones stand together.
  database.$executeRaw`
    DELETE FROM fact_deliveries WHERE (fact_id, subscriber) IN (
      SELECT fact_id, subscriber FROM fact_deliveries AS mark
      WHERE fact_id < rpad(lpad(to_hex((extract(epoch FROM now() - interval '2 days') * 1000)::bigint), 12, '0'), 32, '0')::uuid
        AND NOT EXISTS (SELECT FROM outbox_events WHERE id = mark.fact_id)
      ORDER BY fact_id LIMIT ${limit})`;
