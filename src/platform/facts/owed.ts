import type { Subscriber } from '../../kernel/domain.ts';
import type { Database } from '../db/client.ts';
import type { OutboxRow } from './outbox.ts';

/** A fact that some of its subscribers do not have yet. */
export interface OwedFact extends OutboxRow {
  /** Their names, also of those that this worker does not know. */
  subscribers: string[];
}

/** What one look at facts that are due came to. */
export interface Looked {
  /** Facts that all their subscribers have. */
  done: number;
  /** In the order of their ids. */
  owed: OwedFact[];
}

/**
 * Says which subscribers there are. To a new one no earlier facts are owed, except to those of the first worker ever: what
 * waits then was recorded for them. Nothing is owed to those that no worker has known for a day.
 */
export const registerSubscribers = async (database: Database, subscribers: Subscriber[]): Promise<void> => {
  const rows = subscribers.map(({ name, fact }) => ({ name, fact: fact.name }));
  await database.$executeRaw`
    WITH forgotten AS (DELETE FROM fact_subscribers WHERE seen_at < now() - interval '30 days')
    INSERT INTO fact_subscribers AS known (name, fact, since)
    SELECT name, fact, CASE WHEN EXISTS (SELECT FROM fact_subscribers) THEN now() ELSE '-infinity' END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (name text, fact text)
    ORDER BY name
    ON CONFLICT (name) DO UPDATE SET seen_at = now(), fact = EXCLUDED.fact
    WHERE known.seen_at < now() - interval '1 hour' OR known.fact <> EXCLUDED.fact`;
};

/** Whether a fact is due to be looked at. */
export const hasDue = async (database: Database): Promise<boolean> => {
  const [row] = await database.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM outbox_events WHERE due_at <= now()) AS waits`;
  return row?.waits === true;
};

/**
 * Looks at up to `limit` facts that are due, those first that are due for longest; rows that another worker holds are left
 * to it. Facts that all have rest for good. The others are due again after as long as they are old, between half a
 * minute and ten.
 */
export const lookAtDue = async (database: Database, limit: number): Promise<Looked> => {
  const rows = await database.$queryRaw<(OwedFact & { rests: boolean })[]>`
    WITH due AS MATERIALIZED (
      SELECT id, name, payload, created_at FROM outbox_events
      WHERE due_at <= now() ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), looked AS MATERIALIZED (
      SELECT due.*, ARRAY(
        SELECT listener.name FROM fact_subscribers AS listener
        WHERE listener.fact = due.name AND listener.since <= due.created_at
          AND listener.seen_at > now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM fact_deliveries WHERE fact_id = due.id AND subscriber = listener.name)
      ) AS subscribers FROM due
    ), noted AS (
      UPDATE outbox_events AS fact SET due_at = CASE WHEN cardinality(looked.subscribers) > 0
        THEN now() + greatest(interval '30 seconds', least(now() - looked.created_at, interval '10 minutes')) END
      FROM looked WHERE fact.id = looked.id
    )
    SELECT id, name, subscribers, cardinality(subscribers) = 0 AS rests,
           CASE WHEN cardinality(subscribers) > 0 THEN payload END AS payload
    FROM looked ORDER BY id`;
  return { done: rows.filter(({ rests }) => rests).length, owed: rows.filter(({ rests }) => !rests) };
};

/**
 * Has every relayed fact that may be owed to somebody looked at now: what was queued for them is gone. Those of the last
 * seconds may be in the new queue already, and are due soon enough.
 */
export const hasten = async (database: Database): Promise<void> => {
  await database.$executeRaw`
    UPDATE outbox_events SET due_at = now() WHERE due_at > now() AND relayed_at < now() - interval '5 seconds'`;
};
