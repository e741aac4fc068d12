import type { Transaction } from '../../../platform/db/client.ts';
import type { Showing } from '../../media/api.ts';
import { summarise } from '../event/summarise.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import { nextEvents, type SeriesRow } from './event-series.reads.ts';

/** A series without its events on the wire. */
export const summariseSeries = (series: SeriesRow) => ({
  id: series.id,
  hostId: series.hostId,
  title: series.title,
  recurrenceRule: series.recurrenceRule,
  timeZone: series.timeZone,
  startsAt: toTime(series.startsAt),
  endsAt: toTimeOrNull(series.endsAt),
  generatedUntil: toTimeOrNull(series.generatedUntil),
});

/** A series with its next events on the wire. */
export const showSeries = async (reader: Pick<Transaction, 'event'>, series: SeriesRow, showing: Showing) => {
  const events = await nextEvents(reader, series.id, showing.now);
  return {
    ...summariseSeries(series),
    events: events.map((event) => ({ ...summarise(event, showing), occurrenceAt: toTimeOrNull(event.occurrenceAt) })),
  };
};
