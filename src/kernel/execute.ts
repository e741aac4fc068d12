import type { ZodError, z } from 'zod';
import { type Actor, isDevice, isStaff } from './actor.ts';
import { errorsOf, FRESH_FOR_MS, type OperationContract } from './contract.ts';
import { AppError, type Issue, type WireError, wireError } from './errors.ts';
import type { Call, Group, Handler } from './handler.ts';

/** The one answer of an operation, on every carrier. `replayed` is set when a stored first answer was given again. */
export type Answer = { ok: true; data: unknown; replayed?: true } | { ok: false; error: WireError };

/** What the kernel needs from the process it runs in. */
export interface Runtime {
  /** Counts the call against the contract's rates. @throws RATE_LIMITED */
  limit: (contract: OperationContract, input: unknown, call: Call) => Promise<void> | void;
  /**
   * Runs a committed operation in a worker and gives its answer; the handler's `early` is asked before.
   * @throws COMMIT_TIMEOUT, or what the operation threw
   */
  commit: (handler: Pick<Handler, 'contract' | 'early'>, input: unknown, call: Call) => Promise<CommitResult>;
  /** Runs `run` once for a repeated idempotency key and gives the first answer again. */
  once: (contract: OperationContract, input: unknown, call: Call, run: () => Promise<unknown>) => Promise<CommitResult>;
  /** The answer for what is thrown when something the server stands on is away; null for a bug. */
  explain: (thrown: unknown) => AppError | null;
  /** Told of every finished call: metrics and the one log line. */
  observe: (contract: OperationContract, call: Call, outcome: Outcome) => void;
}

export interface CommitResult {
  data: unknown;
  replayed: boolean;
}

export interface Outcome {
  code: 'OK' | WireError['code'];
  durationMs: number;
  /** The thrown thing, when it was not an answer the contract declares. */
  bug?: unknown;
  /** The thrown thing, when it means that something the server stands on is away. */
  outage?: unknown;
}

/**
 * Serves one call, whatever carried it: access, input, rate, load, sees, allow, run, output.
 * Never throws; an error the contract does not declare is answered as INTERNAL and reported as a bug.
 */
export const execute = async (runtime: Runtime, handler: Handler, raw: unknown, call: Call): Promise<Answer> => {
  const startedAt = performance.now();
  const { contract } = handler;
  try {
    const result = await serve(runtime, handler, raw, call);
    runtime.observe(contract, call, { code: 'OK', durationMs: performance.now() - startedAt });
    return result.replayed ? { ok: true, data: result.data, replayed: true } : { ok: true, data: result.data };
  } catch (thrown) {
    const outage = runtime.explain(thrown);
    const declared = declaredError(contract, thrown) ?? outage;
    const error = declared ?? new AppError('INTERNAL', 'Something went wrong on our side.');
    const durationMs = performance.now() - startedAt;
    runtime.observe(contract, call, {
      code: error.code,
      durationMs,
      ...(declared ? {} : { bug: thrown }),
      ...(outage ? { outage: thrown } : {}),
    });
    return { ok: false, error: wireError(error) };
  }
};

const serve = async (runtime: Runtime, handler: Handler, raw: unknown, call: Call): Promise<CommitResult> => {
  const { contract } = handler;
  checkAccess(contract, call);
  const input = parseInput(contract, raw);
  await runtime.limit(contract, input, call);
  if (contract.durability === 'committed') return runtime.commit(handler, input, await prepare(handler, input, call));
  const isRepeatable = call.idempotencyKey !== undefined && !contract.leavesNoTrace;
  if (contract.durability === 'accepted' && isRepeatable) {
    return runtime.once(contract, input, call, () => runSteps(handler, input, call));
  }
  return { data: await runSteps(handler, input, call), replayed: false };
};

/** The call with what its operation prepares for it, where it prepares anything. */
const prepare = async ({ steps }: Handler, input: unknown, call: Call): Promise<Call> => {
  if (!steps.prepare) return call;
  // Safe: access was checked before, so `actor` is present wherever the contract's type says so.
  return { ...call, prepared: await steps.prepare(input, call as Parameters<typeof steps.prepare>[1]) };
};

/**
 * Load, sees, allow, run, and check the output. Workers call it too, with the transaction in the call.
 * @throws NOT_FOUND, FORBIDDEN, and whatever the steps throw
 */
export const runSteps = async (handler: Handler, input: unknown, call: Call): Promise<unknown> => {
  const { contract, steps } = handler;
  if (steps.prepare && call.prepared === undefined) throw unprepared();
  // Safe: access was checked before, so `actor` is present wherever the contract's type says so; what is prepared as well.
  const context = call as Parameters<typeof steps.run>[2];
  const subject = await steps.load(input, context);
  if (subject === null || steps.sees?.(context.actor, subject, input) === false) throw unseen();
  if (!steps.allow(context.actor, subject, input)) throw new AppError('FORBIDDEN', 'You may not do this.');
  return contract.output.parse(await steps.run(input, subject, context));
};

/** The same words for what is not there and for what the caller may not know of. */
const unseen = (): AppError => new AppError('NOT_FOUND', 'There is no such thing, or not for you.');

/** While a new version is rolled out, its workers are still asked by nodes that do not prepare: the next try finds one that does. */
const unprepared = (): AppError =>
  new AppError('OVERLOADED', 'This could not be taken; try again in a moment.', { retryAfterMs: 1_000 });

/** A call of a group, as the worker hands it over. */
export type TogetherCall = Parameters<NonNullable<Handler['together']>['load']>[0][number];

/**
 * `runSteps` for several calls of one operation in one transaction.
 * @returns for each call its data, or the error it alone is refused with
 * @throws whatever concerns them all: nothing of the group may be kept then
 */
export const runTogether = async (
  { contract, together }: Handler,
  calls: readonly TogetherCall[],
  group: Group<unknown>,
): Promise<({ data: unknown } | AppError)[]> => {
  if (!together) throw new Error(`${contract.name} is not decided in groups`);
  const subjects = await together.load(calls, group);
  const verdicts = calls.map((each, place) => {
    const subject = subjects[place] ?? null;
    // Safe: access was checked before, so `actor` is present wherever the contract's type says so.
    const actor = each.call.actor as Actor;
    if (subject === null || together.sees?.(actor, subject, each.input) === false) return unseen();
    const isAllowed = together.allow(actor, subject, each.input);
    return isAllowed ? { ...each, subject } : new AppError('FORBIDDEN', 'You may not do this.');
  });
  const allowed = verdicts.flatMap((verdict) => (verdict instanceof AppError ? [] : [verdict]));
  const answers = allowed.length === 0 ? [] : await together.run(allowed, group);
  if (answers.length !== allowed.length) throw new Error(`${contract.name} did not answer every call of its group`);
  const next = answers.values();
  return verdicts.map((verdict) => {
    if (verdict instanceof AppError) return verdict;
    const answer = next.next().value;
    return answer instanceof AppError ? answer : { data: contract.output.parse(answer) };
  });
};

const checkAccess = (contract: OperationContract, { actor, now }: Call): void => {
  if (contract.access === 'public') return;
  if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  if (isDevice(actor) && contract.access !== 'device') throw new AppError('FORBIDDEN', 'Devices may not do this.');
  if (contract.access === 'staff' && !isStaff(actor)) {
    throw new AppError('FORBIDDEN', 'This is for staff only.');
  }
  if (contract.fresh && now.getTime() - (actor.authenticatedAtMs ?? 0) > FRESH_FOR_MS) {
    throw new AppError('REAUTHENTICATE', 'Sign in again first: this needs a fresh proof of who you are.');
  }
};

/** @throws INVALID_INPUT naming each field and the reason */
export const parseInput = (contract: OperationContract, raw: unknown): unknown => {
  const parsed = contract.input.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error);
  const first = issues[0];
  const where = first?.path ? `${first.path}: ` : '';
  throw new AppError('INVALID_INPUT', `${where}${first?.message ?? 'The input is not valid.'}`, { issues });
};

const MAX_ISSUES = 20;
/** A field that nobody knows is named with so many of its characters. */
const MAX_NAME = 100;

const issuesOf = (error: ZodError): Issue[] => error.issues.flatMap(issuesFrom).slice(0, MAX_ISSUES);

const issuesFrom = (issue: z.core.$ZodIssue): Issue[] => {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({
    path: [...path, key.slice(0, MAX_NAME)].join('.'),
    message: 'There is no such field.',
  }));
};

const declaredError = (contract: OperationContract, thrown: unknown): AppError | null => {
  if (!(thrown instanceof AppError)) return null;
  return errorsOf(contract).includes(thrown.code) ? thrown : null;
};
