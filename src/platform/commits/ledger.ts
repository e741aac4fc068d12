import type { AuditEntry } from '../../kernel/handler.ts';
import { type AuditSeals, sealEntries } from '../audit/seal-entries.ts';
import type { Database, Transaction } from '../db/client.ts';
import type { OutboxRow } from '../facts/outbox.ts';
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
  /** What encrypts the audit. */
  seals: AuditSeals;
}

export interface StoredAnswer {
  requestHash: string;
  /** Sealed. */
  answer: string;
}

/** Scope of calls without an idempotency key: a job that is run again after a crash finds its answer here. */
const CALL_SCOPE = 'call';
/** No call takes effect later than a minute after it was made. */
const CALL_ANSWERS_MINUTES = 10;

export const answerKey = ({ id, operation, call, scope }: CommitRequest): AnswerKey =>
  call.idempotencyKey === undefined
    ? { scope: CALL_SCOPE, operation, key: id }
    : { scope: scope ?? call.actor?.userId ?? 'anonymous', operation, key: call.idempotencyKey };

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

/**
 * `claim` for several keys at once, always in the same order, so that two groups with common keys wait and do not deadlock.
 * @returns for each key whether it was claimed
 */
export const claimAll = async (tx: Transaction, claims: { key: AnswerKey; hash: string }[]): Promise<boolean[]> => {
  const rows = claims.map(({ key, hash }) => ({ ...key, hash }));
  const claimed = await tx.$queryRaw<AnswerKey[]>`
    WITH bounds AS MATERIALIZED (
      SELECT set_config('statement_timeout', '3500', true), set_config('idle_in_transaction_session_timeout', '4000', true)
    )
    INSERT INTO idempotency_keys (scope, operation, key, request_hash, answer)
    SELECT scope, operation, key, hash, ''
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (scope text, operation text, key text, hash text), bounds
    ORDER BY scope, operation, key
    ON CONFLICT DO NOTHING RETURNING scope, operation, key`;
  const names = new Set(claimed.map(nameOf));
  return claims.map(({ key }) => names.has(nameOf(key)));
};

/** One text for a key, to compare by. */
export const nameOf = ({ scope, operation, key }: AnswerKey): string => `${scope}\n${operation}\n${key}`;

/** Gives claims up whose calls were refused: a repeat tries again. */
export const unclaimAll = async (tx: Transaction, keys: AnswerKey[]): Promise<void> => {
  if (keys.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM idempotency_keys AS stored
    USING jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS row (scope text, operation text, key text)
    WHERE stored.scope = row.scope AND stored.operation = row.operation AND stored.key = row.key`;
};

/** The answer stored under the key, or null. */
export const storedAnswer = (tx: Transaction | Database, key: AnswerKey): Promise<StoredAnswer | null> =>
  tx.idempotencyKey.findUnique({
    where: { scope_operation_key: key },
    select: { requestHash: true, answer: true },
  });

/** A call that took effect, with its sealed answer and what it changed. */
export interface Concluded {
  request: CommitRequest;
  answer: string;
  audit: AuditEntry[];
}

/** Stores the answer under the claimed key, the audit rows and the facts: the last statement of its transaction. */
export const conclude = (tx: Transaction, request: CommitRequest, conclusion: Conclusion): Promise<void> => {
  const { answer, audit, facts, seals } = conclusion;
  return concludeAll(tx, [{ request, answer, audit }], { facts, seals });
};

/**
 * `conclude` for the calls of a group, in one statement. From here to the commit the transaction keeps one of the audit's
 * chains to itself.
 */
export const concludeAll = async (
  tx: Transaction,
  concluded: Concluded[],
  { facts, seals }: Pick<Conclusion, 'facts' | 'seals'>,
): Promise<void> => {
  const answers = concluded.map(({ request, answer }) => ({ ...answerKey(request), answer }));
  const rows = await sealEntries(seals, tx, concluded);
  await tx.$executeRaw`
    WITH answered AS (
      UPDATE idempotency_keys AS stored SET answer = row.answer
      FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS row (scope text, operation text, key text, answer text)
      WHERE stored.scope = row.scope AND stored.operation = row.operation AND stored.key = row.key
    ), recorded AS (
      INSERT INTO outbox_events (id, name, payload)
      SELECT id, name, payload FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS row (id uuid, name text, payload jsonb)
    )
    SELECT append_audit(${JSON.stringify(rows)}::jsonb)`;
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
