import type { Socket } from 'socket.io';
import { AppError } from '../kernel/errors.ts';

/** Sockets of one account on one node: some devices with some tabs each, and those that are just being replaced. */
export const MAX_SOCKETS = 50;
/** A peer that has gone without a word is noticed within 16 s. */
const RETRY_AFTER_MS = 16_000;

/** Gives a socket its place among its account's, until its connection has closed. @throws RATE_LIMITED when all are taken */
export type TakePlace = (userId: string, connection: Socket['conn']) => void;

/** Counts from the handshake on, so that handshakes at once cannot pass together. */
export const createUserSockets = (): TakePlace => {
  const counts = new Map<string, number>();
  const add = (userId: string, change: number): void => {
    const count = (counts.get(userId) ?? 0) + change;
    if (count > 0) counts.set(userId, count);
    else counts.delete(userId);
  };
  return (userId, connection) => {
    // Its end was told already and would not be told again.
    if (connection.readyState !== 'open') return;
    if ((counts.get(userId) ?? 0) >= MAX_SOCKETS) {
      const message = `${MAX_SOCKETS} connections of this account are open on this node; close one first.`;
      throw new AppError('RATE_LIMITED', message, { retryAfterMs: RETRY_AFTER_MS });
    }
    add(userId, 1);
    connection.once('close', () => add(userId, -1));
  };
};
