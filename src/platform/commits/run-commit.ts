import { setTimeout as pause } from 'node:timers/promises';
import { AppError, wireError } from '../../kernel/errors.ts';
import { type Answer, runSteps } from '../../kernel/execute.ts';
import type { AuditEntry, Call, Commit, Handler } from '../../kernel/handler.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Database, Transaction } from '../db/client.ts';
import { isConflict, isTooSlow, isUnreachable } from '../db/failures.ts';
import { draftFact, type OutboxRow } from '../facts/outbox.ts';
import type { Log } from '../log.ts';
import type { Sealing } from '../sealing.ts';
import { CommittedError } from './committed-error.ts';
import { type AnswerKey, answerKey, claim, conclude, storedAnswer } from './ledger.ts';
import type { CommitRequest } from './request.ts';

export interface RunCommitParts {
  database: Database;
  sealing: Sealing;
  log: Log;
}

/** What came of a request: the sealed answer for the caller, and the facts its transaction left in the outbox. */
export interface CommitOutcome {
  sealed: string;
  replayed: boolean;
  facts: OutboxRow[];
}

/** Attempts at one transaction when others stand in its way. */
const MAX_ATTEMPTS = 5;
/** Below the 5 s a caller waits; read committed is PostgreSQL's default. */
const TRANSACTION = { maxWait: 2_000, timeout: 4_000 };
const MAX_FACTS = 1_000;

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

const commitOnce = ({ database, sealing }: RunCommitParts, handler: Handler, request: CommitRequest) => {
  const key = answerKey(request);
  const hash = request.call.idempotencyKey === undefined ? '' : sealing.digest(canonicalJson(request.input));
  return database.$transaction(async (tx): Promise<CommitOutcome> => {
    if (!(await claim(tx, key, hash))) return replay(tx, key, hash);
    const notes: Notes = { audit: [], facts: [] };
    const sealed = sealing.seal(JSON.stringify(await answer(handler, request, contextOf(tx, request.call, notes))));
    await conclude(tx, request, { answer: sealed, ...notes });
    return { sealed, replayed: false, facts: notes.facts };
  }, TRANSACTION);
};

const replay = async (tx: Transaction, key: AnswerKey, hash: string): Promise<CommitOutcome> => {
  const stored = await storedAnswer(tx, key);
  if (!stored) throw new Error('the stored answer has been swept away');
  if (stored.requestHash !== hash) {
    throw new AppError('IDEMPOTENCY_MISMATCH', 'This idempotency key was used with another input.');
  }
  // Without the caller's own key it is this very call, begun by a worker that died: its caller hears the answer first.
  return { sealed: stored.answer, replayed: hash !== '', facts: [] };
};

const answer = async (handler: Handler, { input }: CommitRequest, context: Call): Promise<Answer> => {
  try {
    return { ok: true, data: await runSteps(handler, input, context) };
  } catch (error) {
    if (!(error instanceof CommittedError)) throw error;
    return { ok: false, error: wireError(error.answer) };
  }
};

interface Notes {
  audit: AuditEntry[];
  facts: OutboxRow[];
}

const contextOf = (tx: Transaction, call: Call, notes: Notes): Call & Commit<Transaction> => ({
  ...call,
  tx,
  record: async (fact, payload) => {
    if (notes.facts.length >= MAX_FACTS) throw new Error(`more than ${MAX_FACTS} facts in one operation`);
    notes.facts.push(draftFact(fact, payload));
  },
  audit: (entry) => {
    notes.audit.push(entry);
  },
});

/** The answer to an operation that was rolled back. It is not stored: a repeat tries again. */
const refusal = (
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
  if (isConflict(error) || isTooSlow(error)) {
    log.warn({ operation, requestId: call.requestId, err: error }, 'commit gave way');
    return refused(new AppError('OVERLOADED', 'Others are changing the same thing; try again.', { retryAfterMs: 500 }));
  }
  log.error({ operation, requestId: call.requestId, userId: call.actor?.userId, err: error }, 'commit failed');
  return refused(new AppError('INTERNAL', 'Something went wrong on our side.'));
};
