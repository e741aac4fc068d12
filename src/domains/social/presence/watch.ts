import { AppError } from '../../../kernel/errors.ts';
import { anyone, type Call, handle, nothing } from '../../../kernel/handler.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { watch } from './contract.ts';
import type { Following } from './following.ts';

interface Deps {
  following: Following;
  presence: Pick<Presence, 'isConnected'>;
}

/** @throws CONFLICT when the call did not come over a live socket */
export const liveConnectionId = ({ presence }: Pick<Deps, 'presence'>, { origin }: Pick<Call, 'origin'>): string => {
  const { connectionId } = origin;
  if (connectionId !== undefined && presence.isConnected(connectionId)) return connectionId;
  throw new AppError('CONFLICT', 'Presence is followed over a live socket.');
};

/** Follows people for the caller's connection. */
export const watchPresence = (deps: Deps) =>
  handle(watch, {
    load: nothing,
    allow: anyone,
    run: async ({ userIds }, _nothing, call) => {
      const connection = { connectionId: liveConnectionId(deps, call), userId: call.actor.userId };
      return { users: await deps.following.watch(connection, userIds) };
    },
  });
