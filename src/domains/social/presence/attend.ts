import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Log } from '../../../platform/log.ts';
import type { Metrics } from '../../../platform/metrics.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import type { Ephemera } from '../../../platform/rooms/ephemera.ts';
import { presenceSettings } from '../../identity/api.ts';
import { createCounting } from './counting.ts';
import { createFollowing, type Following } from './following.ts';
import { createPresenceRooms } from './rooms.ts';

export interface AttendDeps {
  database: Database;
  presence: Presence;
  ephemera: Ephemera;
  clock: Clock;
  metrics: Metrics;
  log: Log;
}

/** Follows presence on this node. In processes without sockets nothing ever happens to it. */
export const attendPresence = (deps: AttendDeps): Following => {
  const { presence, database } = deps;
  const following = createFollowing(deps);
  const counting = createCounting(deps);
  const rooms = createPresenceRooms({ ...deps, following, counting });

  presence.attend({
    chosenBy: async (userIds) => {
      const settings = await presenceSettings(database, userIds);
      return new Map(userIds.map((userId) => [userId, settings.get(userId)?.chosen ?? 'INVISIBLE']));
    },
    onChanged: (userIds, atMs) => {
      following.changed(userIds, atMs);
      for (const userId of userIds) for (const room of counting.changed(userId)) rooms.changed(room);
    },
    onDecideAgain: (names, canWait) => {
      for (const name of names) if (name.includes(':')) rooms.changed(name);
      following.decideAgain(names, canWait);
    },
    onDoubt: following.doubt,
    onNewLease: () => {
      for (const room of counting.startAnew()) rooms.changed(room);
    },
    onClosed: following.close,
    onSeatsChanged: rooms.changed,
    onSeated: counting.told,
  });
  return following;
};
