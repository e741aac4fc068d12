import type { Redis } from 'ioredis';
import { type CommitReply, replyChannel, writeReplies } from '../platform/commits/request.ts';
import type { Log } from '../platform/log.ts';

/** Answers on their way to the nodes that wait for them. */
export interface Replies {
  send: (nodeId: string, reply: CommitReply) => void;
}

/** Sends what is answered at one moment to one node in one message: a group's answers come all at once. */
export const createReplies = (redis: Pick<Redis, 'publish'>, log: Log): Replies => {
  const pending = new Map<string, CommitReply[]>();

  const flush = (): void => {
    for (const [nodeId, replies] of pending) {
      redis
        .publish(replyChannel(nodeId), writeReplies(replies))
        .catch((error: unknown) => log.debug({ err: error }, 'replies lost'));
    }
    pending.clear();
  };

  return {
    send: (nodeId, reply) => {
      if (pending.size === 0) setImmediate(flush);
      const replies = pending.get(nodeId) ?? [];
      replies.push(reply);
      pending.set(nodeId, replies);
    },
  };
};
