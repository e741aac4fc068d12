import type { Bus } from '../platform/bus.ts';
import type { Log } from '../platform/log.ts';
import type { Revocations } from '../platform/revocations.ts';
import type { Connections } from './connections.ts';

const EVERY_MS = 5_000;
const SESSIONS_AT_ONCE = 500;

interface SweepParts {
  connections: Connections;
  revocations: Revocations;
  bus: Bus;
  logger: Log;
}

/**
 * The second pair of eyes on ended sessions: the broadcast that closes their sockets is best effort, so what it missed
 * while Redis was away is found here.
 */
export const createRevocationSweep = ({ connections, revocations, bus, logger }: SweepParts): { stop: () => void } => {
  const closeRevoked = async (): Promise<void> => {
    const sessions = [...new Set([...connections.all()].map((connection) => connection.actor.sessionId))];
    for (let from = 0; from < sessions.length; from += SESSIONS_AT_ONCE) {
      const revoked = await revocations.revokedAmong(sessions.slice(from, from + SESSIONS_AT_ONCE));
      for (const sessionId of revoked) bus.sockets.closeSession(sessionId, 'UNAUTHENTICATED');
    }
  };
  const timer = setInterval(() => {
    closeRevoked().catch((error: unknown) => logger.debug({ err: error }, 'sessions could not be checked'));
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
};
