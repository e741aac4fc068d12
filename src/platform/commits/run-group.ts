import { AppError, wireError } from '../../kernel/errors.ts';
import { type Answer, runTogether } from '../../kernel/execute.ts';
import type { AuditEntry, Handler } from '../../kernel/handler.ts';
import type { Transaction } from '../db/client.ts';
import { isTooSlow, isUnreachable } from '../db/failures.ts';
import { answerKey, claimAll, concludeAll, nameOf, unclaimAll } from './ledger.ts';
import { type Notes, noting, runAfter } from './notes.ts';
import type { CommitRequest } from './request.ts';
import { requestHash } from './request.ts';
import {
  type CommitOutcome,
  type RunCommitParts,
  refusal,
  refuseAbandoned,
  runCommit,
  TRANSACTION,
} from './run-commit.ts';

/** What came of each call that the group decided; the others are still to be run alone. */
type Decided = Map<CommitRequest, CommitOutcome>;

/**
 * Runs several calls of one operation in one transaction: their keys are claimed in one statement, they are decided in the
 * order given, and their answers, audit rows and facts are written in one statement. Repeats are run alone, after the
 * first; so is each call when the group fails as a whole, but not when that took too long: then all are refused, and may
 * try again. For every caller it is as if its call had been run alone.
 * @returns an outcome for each call, in their order
 * @throws Error when PostgreSQL cannot be reached: run it again later
 */
export const runGroup = async (
  parts: RunCommitParts,
  handler: Handler,
  requests: CommitRequest[],
): Promise<CommitOutcome[]> => {
  const decided = requests.length > 1 ? await decideGroup(parts, handler, firsts(requests)) : new Map();
  const outcomes: CommitOutcome[] = [];
  for (const request of requests) outcomes.push(decided.get(request) ?? (await runCommit(parts, handler, request)));
  return outcomes;
};

/** The calls without those that repeat the key of an earlier one. */
const firsts = (requests: CommitRequest[]): CommitRequest[] => {
  const byKey = new Map<string, CommitRequest>();
  for (const request of requests) {
    const name = nameOf(answerKey(request));
    if (!byKey.has(name)) byKey.set(name, request);
  }
  return [...byKey.values()];
};

const decideGroup = async (parts: RunCommitParts, handler: Handler, requests: CommitRequest[]): Promise<Decided> => {
  const notes: Notes = { facts: [], after: [] };
  try {
    const decided = await parts.database.$transaction(
      (tx) => decideIn(tx, { ...parts, handler, notes }, requests),
      TRANSACTION,
    );
    await runAfter(parts.log, notes.after);
    return withFacts(decided, notes);
  } catch (error) {
    if (error instanceof AllRefused) {
      await runAfter(parts.log, notes.after);
      return error.decided;
    }
    if (isUnreachable(error)) throw error;
    // Alone each would be as slow, one after the other, and their callers would have gone.
    if (isTooSlow(error)) return new Map(requests.map((request) => [request, refusal(parts, request, error)]));
    parts.log.warn({ operation: handler.contract.name, calls: requests.length, err: error }, 'group run one by one');
    return new Map();
  }
};

/** Rolls back a group in which nothing took effect: a refusal leaves nothing, and to write that costs more than to say it. */
class AllRefused extends Error {
  readonly decided: Decided;

  constructor(decided: Decided) {
    super('every call of the group was refused');
    this.name = 'AllRefused';
    this.decided = decided;
  }
}

interface Deciding extends RunCommitParts {
  handler: Handler;
  notes: Notes;
}

const decideIn = async (tx: Transaction, deciding: Deciding, requests: CommitRequest[]): Promise<Decided> => {
  const { sealing, subjectKeys, handler, notes } = deciding;
  const claims = requests.map((request) => ({ key: answerKey(request), hash: requestHash(sealing, request) }));
  const claimed = await claimAll(tx, claims);
  refuseAbandoned(deciding, requests);
  const calls = requests
    .filter((_, place) => claimed[place])
    .map((request) => {
      const audit: AuditEntry[] = [];
      const { input, call } = request;
      return { request, audited: audit, input, call, audit: (entry: AuditEntry) => void audit.push(entry) };
    });
  if (calls.length === 0) return new Map();
  // Safe: access was checked on the node, so the call has an actor wherever the contract asks for one.
  const verdicts = await runTogether(handler, calls as never, noting(tx, notes));
  const ended = calls.map(({ request, audited }, place) => {
    const verdict = verdicts[place];
    if (verdict === undefined) throw new Error('a call of the group was not answered');
    const isRefused = verdict instanceof AppError;
    const answer: Answer = isRefused ? { ok: false, error: wireError(verdict) } : { ok: true, data: verdict.data };
    return { request, audit: audited, isRefused, answer: sealing.seal(JSON.stringify(answer)) };
  });
  const decided: Decided = new Map(
    ended.map(({ request, answer }) => [request, { sealed: answer, replayed: false, facts: [] }]),
  );
  const refused = ended.filter(({ isRefused }) => isRefused);
  if (refused.length === ended.length && notes.facts.length === 0) throw new AllRefused(decided);
  await unclaimAll(
    tx,
    refused.map(({ request }) => answerKey(request)),
  );
  await concludeAll(
    tx,
    ended.filter(({ isRefused }) => !isRefused),
    { facts: notes.facts, seals: { sealing, subjectKeys } },
  );
  return decided;
};

/** The facts belong to the transaction; the first outcome carries them to the relay. */
const withFacts = (decided: Decided, { facts }: Notes): Decided => {
  const [first] = decided.values();
  if (first) first.facts = facts;
  return decided;
};
