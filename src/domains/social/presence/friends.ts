import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { friendsOf } from '../friendship/friendship.reads.ts';
import { friends } from './contract.ts';
import { orOverloaded } from './or-overloaded.ts';
import { type Looked, lookAt } from './visible.ts';

interface Deps {
  database: Database;
  presence: Presence;
}

/** Lists friends who are here, the latest active first. */
export const listPresentFriends = (deps: Deps) =>
  handle(friends, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit }, _nothing, { actor: { userId }, now }) => {
      const userIds = await friendsOf(deps.database, userId);
      const looked = await orOverloaded(lookAt(deps, { viewerId: userId, userIds, now }));
      const here = looked.filter(({ view }) => view.status !== 'OFFLINE').sort(latestFirst);
      const from = readCursor(cursor);
      const rest = from ? here.filter((one) => latestFirst(rowOf(from), one) < 0) : here;
      const page = pageOf(rest.slice(0, limit + 1), limit, ({ view, activeAtMs }) => ({
        at: new Date(activeAtMs),
        id: view.userId,
      }));
      const online = here.filter(({ view }) => view.status === 'ONLINE' || view.status === 'BUSY').length;
      return {
        items: page.items.map(({ view }) => view),
        nextCursor: page.nextCursor,
        counts: { online, away: here.length - online },
      };
    },
  });

type Order = { view: Pick<Looked['view'], 'userId'>; activeAtMs: number };

const rowOf = ({ at, id }: { at: Date; id: string }): Order => ({ view: { userId: id }, activeAtMs: at.getTime() });

const latestFirst = (one: Order, other: Order): number =>
  other.activeAtMs - one.activeAtMs || (one.view.userId < other.view.userId ? -1 : 1);
