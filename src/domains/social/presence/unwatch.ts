import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { unwatch } from './contract.ts';
import type { Following } from './following.ts';
import { liveConnectionId } from './watch.ts';

interface Deps {
  following: Following;
  presence: Pick<Presence, 'isConnected'>;
}

/** Ends what presence.watch began; members of watched chats are followed on. */
export const unwatchPresence = (deps: Deps) =>
  handle(unwatch, {
    load: nothing,
    allow: anyone,
    run: ({ userIds }, _nothing, call) => ({
      watching: deps.following.unwatch(liveConnectionId(deps, call), userIds),
    }),
  });
