import type { Socket } from 'socket.io';
import type { Metrics } from '../platform/metrics.ts';
import type { Unread } from '../platform/unread.ts';
import { isFull, pauseReading, readerOf, resumeReading } from './frame-writer.ts';

/** Calls of one socket that run at once, at most; the others wait for their turn. */
const MAX_RUNNING = 16;
/** Calls that may wait, all of which arrived before the socket was no longer read: one piece of what TCP had. */
const MAX_WAITING = 1_000;

/** Makes one call. It never rejects; `again` says that it had no effect, and no answer, for the socket was too full. */
export type Run = () => Promise<'answered' | 'again'>;

/** Runs the calls of one socket. */
export interface CallLane {
  /** @returns false when too many calls are waiting: this one will not run */
  take: (run: Run) => boolean;
}

export interface LaneParts {
  unread: Unread<Socket>;
  metrics: Pick<Metrics, 'slowConsumers'>;
}

/**
 * Begins calls in their order, a few at once, and none while the answers before are not read. Meanwhile nothing is read
 * from the socket, so that the caller's own network holds what it goes on sending. Where answers turn out to be large,
 * fewer are made at once: half as many each time that one found no room, one more with each that did.
 */
export const createCallLane = (socket: Socket, { unread, metrics }: LaneParts): CallLane => {
  const waiting: Run[] = [];
  let running = 0;
  let mayRun = MAX_RUNNING;
  let isPaused = false;

  const begin = async (run: Run): Promise<void> => {
    running += 1;
    const outcome = await run();
    running -= 1;
    if (outcome === 'again') waiting.unshift(run);
    mayRun = outcome === 'again' ? Math.max(1, Math.floor(mayRun / 2)) : Math.min(MAX_RUNNING, mayRun + 1);
    advance();
  };

  const advance = (): void => {
    if (!socket.connected) {
      waiting.length = 0;
      return;
    }
    while (running < mayRun && !isFull(socket)) {
      const next = waiting.shift();
      if (!next) break;
      void begin(next);
    }
    const full = isFull(socket);
    if (full && unread.watch(socket, readerOf(socket), advance)) metrics.slowConsumers.inc({ action: 'hold' });
    pauseWhile(full || waiting.length > 0 || running >= MAX_RUNNING);
  };

  const pauseWhile = (mustWait: boolean): void => {
    if (mustWait === isPaused) return;
    isPaused = mustWait;
    if (mustWait) pauseReading(socket);
    else resumeReading(socket);
  };

  return {
    take: (run) => {
      if (waiting.length >= MAX_WAITING) return false;
      waiting.push(run);
      advance();
      return true;
    },
  };
};
