import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findPage } from '../../../platform/db/search/find-page.ts';
import { publicProfiles } from '../../identity/api.ts';
import type { Pictured, Showing } from '../../media/api.ts';
import { personOf } from './present.ts';
import { type FoundEvent, search } from './search/contract.ts';
import { eventSearch, eventsById } from './search/event-search.reads.ts';
import { isCrowded } from './search/filters.reads.ts';
import { summarise } from './summarise.ts';

interface Deps extends Pictured {
  /** May be a moment behind. */
  replica: Database;
}

interface Row {
  id: string;
  metres: number | null;
}

/** Events that anybody may come across. */
export const searchEvents = ({ replica, pictures }: Deps) =>
  handle(search, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, { actor, now }) => {
      const about = { viewerId: actor?.userId ?? null, now, isCrowded: await isCrowded(replica, input) };
      const wanted = eventSearch({ input, ...about });
      const { rows, nextCursor, matched } = await findPage<Row>(replica, wanted);
      return { items: await present(replica, rows, { pictures, now }), nextCursor, matched };
    },
  });

const present = async (reader: Database, rows: Row[], showing: Showing): Promise<FoundEvent[]> => {
  const events = await eventsById(
    reader,
    rows.map(({ id }) => id),
  );
  const hosts = await publicProfiles(
    reader,
    [...events.values()].map(({ hostId }) => hostId),
    showing,
  );
  return rows.flatMap(({ id, metres }) => {
    const event = events.get(id);
    if (!event) return [];
    const host = hosts.get(event.hostId);
    const { category, latitude, longitude } = event;
    const distanceKm = metres === null ? null : metres / 1_000;
    return [
      { ...summarise(event, showing), host: host ? personOf(host) : null, category, latitude, longitude, distanceKm },
    ];
  });
};
