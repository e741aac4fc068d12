import type { Call } from './call.ts';
import type { Connection } from './connection.ts';
import type { Input, Output, SignalData } from './contract.ts';
import { createListeners, type Stop } from './listeners.ts';

/** Somebody as the caller sees them. */
export type PresenceView = Output<'presence.watch'>['users'][number];

/** Who is here, as far as the caller may know. */
export interface Presence {
  /**
   * Follows these people, over reconnects and changes of node, until `unwatch`.
   * @returns how they are now
   * @throws RallyError
   */
  watch: (userIds: readonly string[]) => Promise<PresenceView[]>;
  /** Follows these people no longer; without them, nobody. @throws RallyError */
  unwatch: (userIds?: readonly string[]) => Promise<void>;
  /** How somebody was last said to be: whom `watch` follows, and members of watched chats of up to 100. */
  of: (userId: string) => PresenceView | undefined;
  /** Hears of everybody who is seen differently than before. */
  onChange: (listener: (changes: PresenceView[]) => void) => Stop;
  /** How the caller wants to be seen, on all devices. @throws RallyError */
  set: (status: Input<'presence.set'>['status']) => Promise<void>;
  /** Who may know whether the caller is here. @throws RallyError */
  setAudience: (audience: Input<'presence.setAudience'>['audience']) => Promise<void>;
  /** What both were last set to. @throws RallyError */
  mine: () => Promise<Output<'presence.mine'>>;
  /** A page of friends who are here. @throws RallyError */
  friends: (page?: Input<'presence.friends'>) => Promise<Output<'presence.friends'>>;
  /** Who is in an event’s or a chat’s room. @throws RallyError */
  room: (room: `event:${string}` | `chat:${string}`) => Promise<Output<'presence.room'>>;
}

interface Parts {
  call: Call;
  connection: Pick<Connection, 'onStatus'>;
  on: (name: 'presence.changed', listener: (data: SignalData<'presence.changed'>) => void) => Stop;
}

/** People that one call follows. */
const AT_ONCE = 200;
/** People who are remembered without being followed by `watch`: members of chats. */
const MAX_REMEMBERED = 5_000;

/** Makes `client.presence`. */
export const createPresence = ({ call, connection, on }: Parts): Presence => {
  const wanted = new Set<string>();
  const known = new Map<string, PresenceView>();
  const listeners = createListeners<PresenceView[]>();

  const isNew = (view: PresenceView): boolean => {
    const before = known.get(view.userId);
    return before?.status !== view.status || before.lastSeenAt !== view.lastSeenAt;
  };

  const take = (views: readonly PresenceView[]): void => {
    const changes = views.filter(isNew);
    for (const view of changes) known.set(view.userId, view);
    for (const userId of known.keys()) {
      if (known.size <= MAX_REMEMBERED) break;
      if (!wanted.has(userId)) known.delete(userId);
    }
    if (changes.length > 0) listeners.tell(changes);
  };

  const ask = async (userIds: readonly string[]): Promise<PresenceView[]> => {
    const views: PresenceView[] = [];
    for (let from = 0; from < userIds.length; from += AT_ONCE) {
      const { users } = await call('presence.watch', { userIds: userIds.slice(from, from + AT_ONCE) });
      views.push(...users);
    }
    take(views);
    return views;
  };

  on('presence.changed', ({ changes }) => take(changes));
  connection.onStatus((status) => {
    if (status.phase === 'signedOut') {
      wanted.clear();
      known.clear();
    }
    // What fails is asked again on the next connection.
    if (status.phase === 'online' && wanted.size > 0) void ask([...wanted]).catch(() => undefined);
  });

  return {
    watch: async (given) => {
      const userIds = [...new Set(given)];
      const fresh = userIds.filter((userId) => !wanted.has(userId));
      for (const userId of fresh) wanted.add(userId);
      try {
        return await ask(userIds);
      } catch (thrown) {
        for (const userId of fresh) wanted.delete(userId);
        throw thrown;
      }
    },
    unwatch: async (userIds) => {
      const gone = userIds ?? [...wanted];
      for (const userId of gone) {
        wanted.delete(userId);
        known.delete(userId);
      }
      if (gone.length > 0) await call('presence.unwatch', userIds ? { userIds: [...userIds] } : {});
    },
    of: (userId) => known.get(userId),
    onChange: listeners.add,
    set: async (status) => void (await call('presence.set', { status })),
    setAudience: async (audience) => void (await call('presence.setAudience', { audience })),
    mine: () => call('presence.mine'),
    friends: (page = {}) => call('presence.friends', page),
    room: (room) => call('presence.room', { room }),
  };
};
