import type { DataOf, SignalContract } from '../kernel/contract.ts';
import type { ErrorCode } from '../kernel/errors.ts';

/** Reaches live sockets on every node, from any process. Best effort: what must not be missed goes through a room's log. */
export interface Sockets {
  /** Tells all of a user's devices. */
  tellUser: <S extends SignalContract>(userId: string, signal: S, data: DataOf<S>) => void;
  /**
   * Tells all devices of these users the same, at once.
   * @param except sockets that watch this room hear of it there
   */
  tellUsers: <S extends SignalContract>(
    userIds: readonly string[],
    signal: S,
    data: DataOf<S>,
    except?: string,
  ) => void;
  /** Ends a session's sockets: each gets `session.closed` with the code, then is closed. */
  closeSession: (sessionId: string, code: ErrorCode) => void;
}
