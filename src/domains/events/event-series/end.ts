import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { partWithEvent } from '../event/event.writes.ts';
import { eventDeleted } from '../facts.ts';
import { toDate } from '../times.rules.ts';
import { end } from './contract.ts';
import { draftsFrom } from './event-series.reads.ts';
import { updateSeries } from './event-series.writes.ts';
import { isOwnSeries } from './policy.ts';
import { showSeries } from './present.ts';
import { holdSeries } from './subject.steps.ts';

/** Lets a series end. */
export const endSeries = ({ pictures }: Pictured) =>
  commit(end, {
    load: ({ seriesId }, { tx }) => holdSeries(tx, seriesId),
    sees: isOwnSeries,
    allow: anyone,
    run: async ({ seriesId, endsAt: given }, series, { tx, now, record, audit }) => {
      // Not before it begins: such a series would have no time at all.
      const earliest = series.startsAt.getTime() + 1;
      const endsAt = new Date(Math.max((toDate(given) ?? now).getTime(), earliest));
      for (const eventId of await draftsFrom(tx, seriesId, endsAt)) {
        const isGone = await partWithEvent(tx, eventId, 'delete', now);
        if (isGone) await record(eventDeleted, { eventId, hostId: series.hostId });
      }
      audit({ targetType: 'eventSeries', targetId: seriesId, before: { endsAt: series.endsAt }, after: { endsAt } });
      return showSeries(tx, await updateSeries(tx, seriesId, { endsAt, updatedAt: now }), { pictures, now });
    },
  });
