import type { Socket } from 'socket.io';
import type { Metrics } from '../platform/metrics.ts';
import { pendingBytes, pushOut, takenBytes, terminate } from './frame-writer.ts';

/** Above this much unsent no further call of a socket is begun, and nothing more is read from it. */
const FULL_BYTES = 256 * 1_024;
const RESUME_BYTES = 32 * 1_024;
/** Above this much unsent, what was only read is let go of, and read again later. */
const MAX_UNREAD_BYTES = 1_024 * 1_024;
/** A socket that takes not one byte for this long is closed; it may come back. */
const STUCK_MS = 15_000;
const CHECK_EVERY_MS = 250;

export const isFull = (socket: Socket): boolean => pendingBytes(socket) > FULL_BYTES;

/** The calls that were begun together may all have large answers. */
export const isOverfull = (socket: Socket): boolean => {
  if (pendingBytes(socket) <= MAX_UNREAD_BYTES) return false;
  pushOut(socket);
  return pendingBytes(socket) > MAX_UNREAD_BYTES;
};

interface Watched {
  takenBytes: number;
  progressAtMs: number;
  onReadable: () => void;
}

/** Looks after sockets whose answers are not read. */
export interface Unread {
  /** Calls back once, when the socket has read what was waiting; closes it when it reads nothing for 15 s. */
  watch: (socket: Socket, onReadable: () => void) => void;
  forget: (socket: Socket) => void;
  stop: () => void;
}

export const createUnread = ({ slowConsumers }: Pick<Metrics, 'slowConsumers'>): Unread => {
  const watched = new Map<Socket, Watched>();

  const check = (socket: Socket, one: Watched, nowMs: number): void => {
    const taken = takenBytes(socket);
    if (taken > one.takenBytes) {
      one.takenBytes = taken;
      one.progressAtMs = nowMs;
    }
    if (pendingBytes(socket) < RESUME_BYTES) {
      watched.delete(socket);
      one.onReadable();
      return;
    }
    if (nowMs - one.progressAtMs < STUCK_MS) return;
    slowConsumers.inc({ action: 'close' });
    watched.delete(socket);
    terminate(socket);
  };

  const timer = setInterval(() => {
    const nowMs = performance.now();
    for (const [socket, one] of [...watched]) check(socket, one, nowMs);
  }, CHECK_EVERY_MS);
  timer.unref();

  return {
    watch: (socket, onReadable) => {
      if (watched.has(socket)) return;
      slowConsumers.inc({ action: 'hold' });
      watched.set(socket, { takenBytes: takenBytes(socket), progressAtMs: performance.now(), onReadable });
    },
    forget: (socket) => watched.delete(socket),
    stop: () => clearInterval(timer),
  };
};
