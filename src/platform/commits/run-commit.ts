import { setTimeout as pause } from 'node:timers/promises';
import { AppError, wireError } from '../../kernel/errors.ts';
import { type Answer, runSteps } from '../../kernel/execute.ts';
import type { AuditEntry, Call, Handler } from '../../kernel/handler.ts';
import type { AuditSeals } from '../audit/seal-entries.ts';
import type { Database, Transaction } from '../db/client.ts';
import { isConflict, isTooSlow, isUnreachable, isUnwritable } from '../db/failures.ts';
import type { OutboxRow } from '../facts/outbox.ts';
import type { Log } from '../log.ts';
import { explainOutage } from '../outage.ts';
import type { Sealing } from '../sealing.ts';
import { CommittedError } from './committed-error.ts';
import { answerKey, claim, conclude, storedAnswer } from './ledger.ts';
import { type Notes, noting, runAfter } from './notes.ts';
import { ABANDON_AFTER_MS, type CommitRequest, isHashOf, requestHash } from './request.ts';

export interface RunCommitParts extends AuditSeals {
  /** The clock that nodes and workers share, in milliseconds; the worker's own where nobody else is involved. */
  nowMs?: () => number;
  database: Database;
  log: Log;
}

/** What came of a request: the sealed answer for the caller, and the facts its transaction left in the outbox. */
export interface CommitOutcome {
  sealed: string;
  replayed: boolean;
  facts: OutboxRow[];
}

/** Attempts at one transaction when others stand in its way. */
export const MAX_ATTEMPTS = 5;
/** Below the 5 s a caller waits; read committed is PostgreSQL's default. */
export const TRANSACTION = { maxWait: 2_000, timeout: 4_000 };

/**
 * Runs a committed operation in one transaction with its stored answer, its audit rows and its facts. However often it is
 * run for one request or one idempotency key, it takes effect once and gives the same answer.
 * @throws Error when PostgreSQL cannot be reached: run it again later
 */
export const runCommit = async (
  parts: RunCommitParts,
  handler: Handler,
  request: CommitRequest,
): Promise<CommitOutcome> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commitOnce(parts, handler, request);
    } catch (error) {
      if (isConflict(error) && attempt < MAX_ATTEMPTS) {
        await pause(attempt * 10 * (0.5 + Math.random()));
        continue;
      }
      return refusal(parts, request, error);
    }
  }
};

/** Its caller was told that it is settled: nobody waits, and its answer may be forgotten. */
export const refuseAbandoned = ({ nowMs = Date.now }: RunCommitParts, requests: CommitRequest[]): void => {
  const oldest = Math.min(...requests.map(({ atMs }) => atMs ?? Number.POSITIVE_INFINITY));
  if (nowMs() - oldest > ABANDON_AFTER_MS) throw new Error('the worker stood still until nobody waited for the call');
};

const commitOnce = async (parts: RunCommitParts, handler: Handler, request: CommitRequest): Promise<CommitOutcome> => {
  const { database, sealing, subjectKeys, log } = parts;
  const key = answerKey(request);
  const hash = requestHash(sealing, request);
  const outcome = await database.$transaction(async (tx): Promise<CommitOutcome & { after: Notes['after'] }> => {
    const isFirst = await claim(tx, key, hash);
    refuseAbandoned(parts, [request]);
    if (!isFirst) return { ...(await replay(tx, sealing, request)), after: [] };
    const notes: Notes = { facts: [], after: [] };
    const audit: AuditEntry[] = [];
    const context = { ...request.call, ...noting(tx, notes), audit: (entry: AuditEntry) => void audit.push(entry) };
    const sealed = sealing.seal(JSON.stringify(await answer(handler, request, context)));
    await conclude(tx, request, { answer: sealed, audit, facts: notes.facts, seals: { sealing, subjectKeys } });
    return { sealed, replayed: false, ...notes };
  }, TRANSACTION);
  await runAfter(log, outcome.after);
  return outcome;
};

const replay = async (tx: Transaction, sealing: Sealing, request: CommitRequest): Promise<CommitOutcome> => {
  const stored = await storedAnswer(tx, answerKey(request));
  if (!stored) throw new Error('the stored answer has been swept away');
  if (!isHashOf(sealing, stored.requestHash, request)) {
    throw new AppError('IDEMPOTENCY_MISMATCH', 'This idempotency key was used with another input.');
  }
  // Without the caller's own key it is this very call, begun by a worker that died: its caller hears the answer first.
  return { sealed: stored.answer, replayed: request.call.idempotencyKey !== undefined, facts: [] };
};

const answer = async (handler: Handler, { input }: CommitRequest, context: Call): Promise<Answer> => {
  try {
    return { ok: true, data: await runSteps(handler, input, context) };
  } catch (error) {
    if (!(error instanceof CommittedError)) throw error;
    return { ok: false, error: wireError(error.answer) };
  }
};

/** The answer to an operation that was rolled back. It is not stored: a repeat tries again. */
export const refusal = (
  { sealing, log }: RunCommitParts,
  { call, operation }: CommitRequest,
  error: unknown,
): CommitOutcome => {
  const refused = (answered: AppError): CommitOutcome => ({
    sealed: sealing.seal(JSON.stringify({ ok: false, error: wireError(answered) } satisfies Answer)),
    replayed: false,
    facts: [],
  });
  if (error instanceof AppError) return refused(error);
  if (isUnreachable(error)) throw error;
  const outage = isUnwritable(error) ? explainOutage(error) : null;
  if (outage) {
    log.warn({ operation, requestId: call.requestId, err: error }, 'commit cannot be written');
    return refused(outage);
  }
  if (isConflict(error) || isTooSlow(error)) {
    log.warn({ operation, requestId: call.requestId, err: error }, 'commit gave way');
    return refused(new AppError('OVERLOADED', 'Others are changing the same thing; try again.', { retryAfterMs: 500 }));
  }
  log.error({ operation, requestId: call.requestId, userId: call.actor?.userId, err: error }, 'commit failed');
  return refused(new AppError('INTERNAL', 'Something went wrong on our side.'));
};
