import type { AuditEntry } from '../../kernel/handler.ts';
import type { Database, Transaction } from '../db/client.ts';
import type { OutboxRow } from '../facts/outbox.ts';
import { newId } from '../ids.ts';
import type { CommitRequest } from './request.ts';

/** Under what the answer of a call is stored: the caller's own idempotency key, or else the call itself. */
export interface AnswerKey {
  scope: string;
  operation: string;
  key: string;
}

/** What a transaction leaves besides the operation's own rows. */
export interface Conclusion {
  /** The sealed answer. */
  answer: string;
  audit: AuditEntry[];
  facts: OutboxRow[];
}

export interface StoredAnswer {
  requestHash: string;
  /** Sealed. */
  answer: string;
}

/** Scope of calls without an idempotency key: a job that is run again after a crash finds its answer here. */
const CALL_SCOPE = 'call';
/** No call is begun later than a minute after it was made; the rest is for clocks that differ. */
const CALL_ANSWERS_MINUTES = 10;

export const answerKey = ({ id, operation, call }: CommitRequest): AnswerKey =>
  call.idempotencyKey === undefined
    ? { scope: CALL_SCOPE, operation, key: id }
    : { scope: call.actor?.userId ?? 'anonymous', operation, key: call.idempotencyKey };

/**
 * Claims the key for this transaction and bounds the transaction's time in PostgreSQL. Waits while another transaction
 * holds the same claim.
 * @returns false when an answer is stored already
 */
export const claim = async (tx: Transaction, { scope, operation, key }: AnswerKey, hash: string): Promise<boolean> => {
  const [row] = await tx.$queryRaw<{ claimed: boolean }[]>`
    WITH claim AS (
      INSERT INTO idempotency_keys (scope, operation, key, request_hash, answer)
      VALUES (${scope}, ${operation}, ${key}, ${hash}, '') ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM claim) AS claimed,
           set_config('statement_timeout', '3500', true),
           set_config('idle_in_transaction_session_timeout', '4000', true)`;
  return row?.claimed === true;
};

/** The answer stored under the key, or null. */
export const storedAnswer = (tx: Transaction | Database, key: AnswerKey): Promise<StoredAnswer | null> =>
  tx.idempotencyKey.findUnique({
    where: { scope_operation_key: key },
    select: { requestHash: true, answer: true },
  });

/** Stores the answer under the claimed key, the audit rows and the facts, in one statement. */
export const conclude = async (tx: Transaction, request: CommitRequest, conclusion: Conclusion): Promise<void> => {
  const { scope, operation, key } = answerKey(request);
  const { actor, origin, requestId } = request.call;
  const { answer, facts } = conclusion;
  const audit = conclusion.audit.length > 0 ? conclusion.audit : [unnamedTarget(operation)];
  await tx.$executeRaw`
    WITH answered AS (
      UPDATE idempotency_keys SET answer = ${answer} WHERE scope = ${scope} AND operation = ${operation} AND key = ${key}
    ), recorded AS (
      INSERT INTO outbox_events (id, name, payload)
      SELECT * FROM unnest(${facts.map(({ id }) => id)}::uuid[], ${facts.map(({ name }) => name)}::text[],
                           ${facts.map(({ payload }) => JSON.stringify(payload))}::jsonb[])
    )
    INSERT INTO audit_logs (id, target_type, target_id, before, after, actor_id, action, address, agent, request_id)
    SELECT entry.*, ${actor?.userId ?? null}::uuid, ${operation}, ${origin.address}, ${origin.agent}, ${requestId}
    FROM unnest(${audit.map(() => newId())}::uuid[], ${audit.map(({ targetType }) => targetType)}::text[],
                ${audit.map(({ targetId }) => targetId)}::text[], ${audit.map(({ before }) => jsonOrNull(before))}::jsonb[],
                ${audit.map(({ after }) => jsonOrNull(after))}::jsonb[]) AS entry`;
};

/**
 * Forgets some `limit` answers that no repeat may ask for any more: a day after a call with a key, minutes after one
 * without. @returns how many
 */
export const forgetAnswers = (database: Database, limit: number): Promise<number> =>
  database.$executeRaw`
    DELETE FROM idempotency_keys WHERE (scope, operation, key) IN (
      (SELECT scope, operation, key FROM idempotency_keys
       WHERE scope = ${CALL_SCOPE} AND created_at < now() - make_interval(mins => ${CALL_ANSWERS_MINUTES}::int) LIMIT ${limit})
      UNION ALL
      (SELECT scope, operation, key FROM idempotency_keys
       WHERE created_at < now() - interval '1 day' ORDER BY created_at LIMIT ${limit}))`;

const unnamedTarget = (operation: string): AuditEntry => ({
  targetType: operation.split('.', 1)[0] ?? '',
  targetId: '',
});

const jsonOrNull = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
