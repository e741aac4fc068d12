import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Domain, JobHandler, Subscriber } from '../kernel/domain.ts';
import type { Handler } from '../kernel/handler.ts';
import { PATIENCE_MS } from '../platform/commits/lines.ts';
import {
  ANSWER_TIMEOUT_MS,
  type CommitJob,
  type CommitRequest,
  openRequest,
  subjectOf,
} from '../platform/commits/request.ts';
import { type CommitOutcome, refusal, runCommit } from '../platform/commits/run-commit.ts';
import { runGroup } from '../platform/commits/run-group.ts';
import { overloaded } from '../platform/commits/waiting-calls.ts';
import type { Database } from '../platform/db/client.ts';
import type { Delivery } from '../platform/facts/deliveries.ts';
import { isDone } from '../platform/facts/marks.ts';
import type { Platform } from '../platform/platform.ts';
import { createTurns } from '../platform/turns.ts';
import { createAtOnce } from './at-once.ts';
import { createGroups } from './groups.ts';
import { createMarker } from './mark-deliveries.ts';
import type { Pace } from './pace.ts';
import type { Relay } from './relay-facts.ts';
import { createReplies } from './replies.ts';

type CommitsPlatform = Pick<Platform, 'database' | 'log' | 'sealing' | 'subjectKeys'> & {
  /** The clock that nodes and workers share. */
  nowMs: () => number;
};

/** A call that a worker has taken. */
interface Taken {
  request: CommitRequest;
  /** When it was made. */
  atMs: number;
}

interface CommitsParts {
  redis: Redis;
  relay: Relay;
  pace: Pick<Pace, 'atMost'>;
}

/** Runs committed operations and sends their answers back to the nodes that wait. */
export const consumeCommits = (platform: CommitsPlatform, domains: Domain[], parts: CommitsParts) => {
  const { nowMs, log, sealing } = platform;
  const { redis, relay, pace } = parts;
  const handlers = new Map(
    domains.flatMap(({ operations }) => operations.map((handler) => [handler.contract.name, handler])),
  );
  /** It waited here until too little of its caller's time was left: work that comes too late makes the next wait too. */
  const isTooLate = ({ atMs }: Taken): boolean => nowMs() - atMs > PATIENCE_MS;
  const refuse = ({ request }: Taken): CommitOutcome => refusal(platform, request, overloaded());
  const decideGroup = async (calls: Taken[]): Promise<CommitOutcome[]> => {
    const late = new Set(calls.filter(isTooLate));
    const requests = calls.filter((call) => !late.has(call)).map(({ request }) => request);
    const handler = committedHandler(handlers, calls[0]?.request.operation ?? '');
    const outcomes = requests.length === 0 ? [] : await runGroup(platform, handler, requests);
    const byRequest = new Map(requests.map((request, place) => [request, outcomes[place]]));
    return calls.map((call) => byRequest.get(call.request) ?? refuse(call));
  };
  const groups = createGroups(decideGroup, pace);
  const turns = createTurns(() => pace.atMost(Number.POSITIVE_INFINITY));
  const run = (call: Taken): Promise<CommitOutcome> => {
    const { request } = call;
    const handler = committedHandler(handlers, request.operation);
    const subject = subjectOf(handler.contract, request.input);
    if (subject !== null) return groups.add(subject, call);
    return turns.take(async () => (isTooLate(call) ? refuse(call) : runCommit(platform, handler, request)));
  };
  const replies = createReplies(redis, log);
  const atOnce = createAtOnce({ subscribers: domains.flatMap(({ subscribers }) => subscribers), relay, pace, log });
  const serve = async (call: Taken, nodeId: string): Promise<void> => {
    const outcome = await run(call);
    relay.push(outcome.facts);
    await atOnce(outcome.facts);
    // The answer is stored: a caller who misses it gets it by repeating the call.
    replies.send(nodeId, { id: call.request.id, replayed: outcome.replayed, sealed: outcome.sealed });
  };
  /** A caller who has given up is not served: who gave a key repeats the call, and who gave none was told what that means. */
  const isWaitedFor = ({ request, atMs }: Taken): boolean => {
    if (nowMs() - atMs <= ANSWER_TIMEOUT_MS) return true;
    log.warn({ operation: request.operation }, 'call not begun: nobody waits for it any more');
    return false;
  };
  return async (job: Job<CommitJob>): Promise<void> => {
    const requests = job.data.sealed.map((sealed) => openRequest(sealing, sealed));
    const calls = requests.map((request): Taken => ({ request, atMs: request.atMs ?? job.timestamp }));
    // When one cannot be run now, all are run again: those that were find their answers.
    await Promise.all(calls.filter(isWaitedFor).map((call) => serve(call, job.data.nodeId)));
  };
};

const committedHandler = (handlers: ReadonlyMap<string, Handler>, operation: string): Handler => {
  const handler = handlers.get(operation);
  // While a new version is rolled out, its nodes may ask for what only its workers know: the retry finds one.
  if (handler?.contract.durability !== 'committed') throw new Error(`this worker knows no operation ${operation}`);
  return handler;
};

/**
 * Brings facts to their subscribers and writes down that they have them. Deliveries start in the order of the facts but may
 * overlap and be retried.
 */
export const consumeFacts = (database: Database, subscribers: Subscriber[]) => {
  const byName = new Map(subscribers.map((subscriber) => [subscriber.name, subscriber]));
  const marker = createMarker(database);
  return async ({ name, data: { factId, payload, isAgain } }: Job<Delivery>): Promise<void> => {
    const subscriber = byName.get(name);
    if (!subscriber) throw new Error(`this worker knows no subscriber ${name}`);
    const delivered = { factId, subscriber: name };
    if (isAgain && (await isDone(database, delivered))) return;
    // Safe: parsed by the schema of the very fact the subscriber names.
    const read = parseOwn(subscriber.fact, payload) as Parameters<Subscriber['run']>[0];
    await subscriber.run(read, factId);
    if (!subscriber.marksItself) await marker.mark(delivered);
  };
};

/** Recorded by a version that wrote it otherwise, or by this one before a change: whoever reads the letter must see that. */
const parseOwn = ({ name, payload }: { name: string; payload: z.ZodType }, value: unknown): unknown => {
  const parsed = payload.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`what was written as ${name} has not the shape this version knows: ${z.prettifyError(parsed.error)}`);
};

/** Runs jobs. */
export const consumeJobs = (
  handlers: JobHandler[],
  alone: (name: string, run: () => Promise<void>) => Promise<void>,
) => {
  const byName = new Map<string, JobHandler>(handlers.map((handler) => [handler.contract.name, handler]));
  return async (job: Job): Promise<void> => {
    const handler = byName.get(job.name);
    if (!handler) throw new Error(`this worker knows no job ${job.name}`);
    // Safe: parsed by the schema of the very contract the handler names.
    const payload = parseOwn(handler.contract, job.data) as Parameters<JobHandler['run']>[0];
    if (handler.contract.everyMs === undefined) return handler.run(payload);
    await alone(job.name, () => handler.run(payload));
  };
};
