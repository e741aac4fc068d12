import { ERRORS } from '../kernel/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection, Connections } from './connections.ts';

/** How long before the token ends its client is told. */
const WARN_BEFORE_MS = 60_000;
/** How long after the end a newer token is still taken. */
const GRACE_MS = 25_000;
/** Node's timers run at once when they are set further ahead than 24.8 days; this one then looks at the clock again. */
const MAX_TIMER_MS = 24 * 3_600_000;

export interface Expiry {
  arm: (connection: Connection) => void;
  disarm: (connectionId: string) => void;
  rearm: (connectionId: string) => void;
}

/** Ends sockets whose access token ended and was not renewed. */
export const createExpiry = (connections: Connections, clock: Clock): Expiry => {
  const timers = new Map<string, NodeJS.Timeout>();

  const close = ({ id, socket }: Connection): void => {
    timers.delete(id);
    socket.emit('session.closed', { code: 'TOKEN_EXPIRED', retryable: ERRORS.TOKEN_EXPIRED.retryable });
    socket.disconnect(true);
  };

  /** Runs at the time given, or never when there is no such time. */
  const at = (connection: Connection, dueMs: number, run: (connection: Connection) => void): void => {
    const leftMs = dueMs - clock.now().getTime();
    if (Number.isNaN(leftMs)) return;
    const next = leftMs > MAX_TIMER_MS ? () => at(connection, dueMs, run) : () => run(connection);
    timers.set(connection.id, setTimeout(next, Math.min(Math.max(0, leftMs), MAX_TIMER_MS)));
  };

  const warn = (connection: Connection): void => {
    connection.socket.emit('session.expiring', { expiresAt: connection.tokenExpiresAt.toISOString() });
    at(connection, connection.tokenExpiresAt.getTime() + GRACE_MS, close);
  };

  const arm = (connection: Connection): void =>
    at(connection, connection.tokenExpiresAt.getTime() - WARN_BEFORE_MS, warn);

  const disarm = (connectionId: string): void => {
    clearTimeout(timers.get(connectionId));
    timers.delete(connectionId);
  };

  return {
    arm,
    disarm,
    rearm: (connectionId) => {
      disarm(connectionId);
      const connection = connections.find(connectionId);
      if (connection) arm(connection);
    },
  };
};
