import { ERRORS } from '../kernel/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection, Connections } from './connections.ts';

/** How long before the token ends its client is told. */
const WARN_BEFORE_MS = 60_000;
/** How long after the end a newer token is still taken. */
const GRACE_MS = 25_000;

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

  const warn = (connection: Connection): void => {
    connection.socket.emit('session.expiring', { expiresAt: connection.tokenExpiresAt.toISOString() });
    const leftMs = connection.tokenExpiresAt.getTime() - clock.now().getTime();
    timers.set(connection.id, setTimeout(close, leftMs + GRACE_MS, connection));
  };

  const arm = (connection: Connection): void => {
    const leftMs = connection.tokenExpiresAt.getTime() - clock.now().getTime();
    timers.set(connection.id, setTimeout(warn, Math.max(0, leftMs - WARN_BEFORE_MS), connection));
  };

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
