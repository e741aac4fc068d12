import { backoffMs, pause } from './backoff.ts';
import type { Connection } from './connection.ts';
import { toRallyError } from './error.ts';
import type { Session } from './session.ts';

/** The longest time a timer can wait (32-bit milliseconds). */
const MAX_TIMER_MS = 2 ** 31 - 1;
const CALL_TIMEOUT_MS = 10_000;

export interface TokenUpkeep {
  /** Renews in time before the token ends; to be called whenever there is a new one. */
  schedule: () => void;
  /** Renews now and tells the live connection. Never rejects: what fails for good ends the session. */
  refresh: () => Promise<void>;
  stop: () => void;
}

/** Keeps the token good, and the connection that was opened with it. */
export const createTokenUpkeep = (session: Session, connection: Connection): TokenUpkeep => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refreshing: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    refreshing ??= renewUntilDone(session, connection).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
  const stop = (): void => clearTimeout(timer);
  const schedule = (): void => {
    stop();
    const dueMs = session.renewInMs;
    if (dueMs <= MAX_TIMER_MS) timer = setTimeout(() => void refresh(), dueMs);
  };
  return { schedule, refresh, stop };
};

const renewUntilDone = async (session: Session, connection: Connection): Promise<void> => {
  for (let attempt = 0; session.held?.refreshToken; attempt += 1) {
    try {
      const token = await session.renew();
      await connection.link?.call('session.refresh', { token }, CALL_TIMEOUT_MS);
      return;
    } catch (thrown) {
      const error = toRallyError(thrown);
      if (!error.retryable) return;
      await pause(error.retryAfterMs ?? backoffMs(attempt));
    }
  }
};
