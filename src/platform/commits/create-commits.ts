import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { fromWireError } from '../../kernel/errors.ts';
import type { Answer, CommitResult, Runtime } from '../../kernel/execute.ts';
import type { EarlyCall } from '../../kernel/handler.ts';
import { scopeOf } from '../idempotency-scope.ts';
import { newId } from '../ids.ts';
import { openQueue } from '../jobs/queue.ts';
import type { Log } from '../log.ts';
import { untilReady } from '../redis/connect.ts';
import { createSharedClock } from '../redis/shared-clock.ts';
import type { Sealing } from '../sealing.ts';
import { createBundles } from './bundles.ts';
import { createLines } from './lines.ts';
import {
  ANSWER_TIMEOUT_MS,
  type CommitJob,
  type CommitReply,
  readReplies,
  replyChannel,
  sealRequest,
  subjectOf,
} from './request.ts';
import { createWaitingCalls, overloaded } from './waiting-calls.ts';

/** The node's side of committed operations. */
export interface Commits {
  commit: Runtime['commit'];
  /** Answers every waiting caller COMMIT_TIMEOUT and closes the connection that hears replies. */
  close: () => void;
}

export interface CommitsParts {
  /** The connection of the `jobs` role. A second one is opened for hearing replies. */
  redis: Redis;
  sealing: Sealing;
  log: Log;
  /** Calls on their way at most, 1,000 when absent; beyond it callers are refused at once. */
  maxWaiting?: number;
}

type Asked = Parameters<Runtime['commit']>[0];

/**
 * Carries committed operations to workers by the `commits` queue and their answers back by this node's own channel.
 * @throws Error when Redis does not answer
 */
export const createCommits = async (parts: CommitsParts): Promise<Commits> => {
  const { redis, sealing, log } = parts;
  const nodeId = newId();
  const queue = openQueue('commits', redis, log);
  const grouped = openQueue('grouped', redis, log);
  const waiting = createWaitingCalls(parts.maxWaiting ?? 1_000);
  const replies = await hearReplies(parts, nodeId, waiting.deliver);
  const clock = await createSharedClock(redis);

  const send = (through: Queue, operation: string, calls: { id: string; sealed: string }[]): void => {
    const job: CommitJob = { nodeId, sealed: calls.map(({ sealed }) => sealed) };
    through.add(operation, job, { jobId: calls[0]?.id ?? newId() }).catch((error: unknown) => {
      // The job may be in the queue all the same, so the callers learn only that it is not known.
      log.warn({ operation, calls: calls.length, err: error }, 'commit not handed over');
      for (const { id } of calls) waiting.giveUp(id);
    });
  };
  const bundles = createBundles((operation, calls) => send(grouped, operation, calls));
  const lines = createLines();

  const ask = async (handler: Asked, { input, call }: EarlyCall, stoodMs: number): Promise<CommitResult> => {
    const { name, groupBy } = handler.contract;
    const id = newId();
    const scope = scopeOf(handler.contract, input, call);
    const sealed = sealRequest(sealing, { id, operation: name, input, call, scope, atMs: clock.nowMs() - stoodMs });
    const reply = waiting.wait(id, ANSWER_TIMEOUT_MS - stoodMs);
    if (groupBy === undefined) send(queue, name, [{ id, sealed }]);
    else bundles.add(name, { id, sealed });
    return resultOf(sealing, await reply);
  };

  return {
    commit: async (handler, input, call) => {
      if (redis.status !== 'ready' || !replies.isListening()) throw overloaded();
      const subject = subjectOf(handler.contract, input);
      if (subject === null) return ask(handler, { input, call }, 0);
      const asking = { input, call };
      return lines.stand({
        subject,
        early: handler.early,
        call: asking,
        work: (stoodMs) => ask(handler, asking, stoodMs),
      });
    },
    close: () => {
      clock.stop();
      waiting.close();
      replies.close();
    },
  };
};

const resultOf = (sealing: Sealing, { sealed, replayed }: CommitReply): CommitResult => {
  const answer = JSON.parse(sealing.open(sealed)) as Answer;
  if (!answer.ok) throw fromWireError(answer.error);
  return { data: answer.data, replayed };
};

const hearReplies = async ({ redis, log }: CommitsParts, nodeId: string, deliver: (reply: CommitReply) => void) => {
  const ear = redis.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null });
  ear.on('error', (error: Error) => log.debug({ error: error.message }, 'reply connection'));
  ear.on('message', (_channel: string, text: string) => {
    for (const reply of readReplies(text)) deliver(reply);
  });
  await untilReady(ear);
  // ioredis subscribes again by itself after every reconnect.
  await ear.subscribe(replyChannel(nodeId));
  return { isListening: () => ear.status === 'ready', close: () => ear.disconnect() };
};
