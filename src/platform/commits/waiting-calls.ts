import { AppError } from '../../kernel/errors.ts';
import { ABANDON_AFTER_MS, ANSWER_TIMEOUT_MS, type CommitReply } from './request.ts';

interface Slot {
  answer: (reply: CommitReply) => void;
  fail: (error: AppError) => void;
  timer: NodeJS.Timeout;
}

/** Calls this node has sent to workers. */
export interface WaitingCalls {
  /**
   * Waits for the call's answer. Its slot stays taken until the answer comes, even after the caller has given up, at most
   * until no worker may begin it any more: so the slots also bound what this node has in the queue.
   * @throws OVERLOADED at once when all slots are taken, COMMIT_TIMEOUT after `timeoutMs`
   */
  wait: (id: string, timeoutMs: number) => Promise<CommitReply>;
  /** Gives an answer to whom it belongs; one that nobody waits for is dropped. */
  deliver: (reply: CommitReply) => void;
  /** Ends one wait at once. */
  giveUp: (id: string) => void;
  /** Ends every wait. */
  close: () => void;
}

/** @param limit slots */
export const createWaitingCalls = (limit: number): WaitingCalls => {
  const slots = new Map<string, Slot>();

  const take = (id: string): Slot | undefined => {
    const slot = slots.get(id);
    clearTimeout(slot?.timer);
    slots.delete(id);
    return slot;
  };

  const expire = (id: string): void => {
    const slot = slots.get(id);
    if (!slot) return;
    slot.fail(commitTimeout());
    slot.timer = setTimeout(() => slots.delete(id), ABANDON_AFTER_MS - ANSWER_TIMEOUT_MS).unref();
  };

  return {
    wait: (id, timeoutMs) => {
      if (slots.size >= limit) throw overloaded();
      return new Promise((answer, fail) => {
        slots.set(id, { answer, fail, timer: setTimeout(expire, timeoutMs, id) });
      });
    },
    deliver: (reply) => take(reply.id)?.answer(reply),
    giveUp: (id) => take(id)?.fail(commitTimeout()),
    close: () => {
      for (const id of [...slots.keys()]) take(id)?.fail(commitTimeout());
    },
  };
};

export const overloaded = (): AppError =>
  new AppError('OVERLOADED', 'Too much is waiting to be stored; try again in a moment.', { retryAfterMs: 1_000 });

const commitTimeout = (): AppError =>
  new AppError('COMMIT_TIMEOUT', 'Not confirmed in time; repeat the call with the same idempotency key.', {
    retryAfterMs: 1_000,
  });
