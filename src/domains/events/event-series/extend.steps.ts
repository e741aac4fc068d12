import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import { findEvent, isReviewRequired } from '../event/event.reads.ts';
import { moveEvent } from '../event/event.writes.ts';
import { makeEvent } from '../event/make.steps.ts';
import { REPORTS } from '../event/reports.rules.ts';
import { madeAmong, type SeriesRow } from './event-series.reads.ts';
import { updateSeries } from './event-series.writes.ts';
import { reachOf } from './reach.ts';
import { occurrencesIn } from './rule.ts';
import { occurrenceInput, readTemplate } from './template.steps.ts';

/** Events that one transaction makes, so that none holds its locks for long. */
const MAX_AT_ONCE = 20;

export interface Extending {
  record: RecordFact;
  now: Date;
}

/**
 * Makes the next events of a series that the transaction holds, as far as they are to reach and some twenty at once. How
 * far it came is written with them: killed in between, nothing is made twice and nothing left out.
 */
export const extendSeries = async (
  tx: Transaction,
  series: SeriesRow,
  { record, now }: Extending,
): Promise<SeriesRow> => {
  const { until, extendAt } = reachOf(series, now);
  const from = series.generatedUntil === null ? series.startsAt : new Date(series.generatedUntil.getTime() + 1);
  const due = from > until ? [] : occurrencesIn(series, { from, to: until });
  const batch = due.slice(0, MAX_AT_ONCE);
  const made = await madeAmong(tx, series.id, batch);
  for (const occurrenceAt of batch) {
    const isWanted = occurrenceAt > now && !made.has(occurrenceAt.getTime());
    if (isWanted) await makeOccurrence(tx, series, { record, now, occurrenceAt });
  }
  const isCut = due.length > batch.length;
  const reached = (isCut ? batch.at(-1) : undefined) ?? laterOf(series, until);
  return updateSeries(tx, series.id, { generatedUntil: reached, extendAt: isCut ? now : extendAt, updatedAt: now });
};

/** Where the cursor stands when nothing is left to make; at the series’ end when that comes first. */
const laterOf = ({ generatedUntil, endsAt }: SeriesRow, until: Date): Date => {
  const reached = endsAt !== null && until.getTime() >= endsAt.getTime() - 1 ? endsAt : until;
  return generatedUntil !== null && generatedUntil > reached ? generatedUntil : reached;
};

interface Making extends Extending {
  occurrenceAt: Date;
}

const makeOccurrence = async (tx: Transaction, series: SeriesRow, { record, now, occurrenceAt }: Making) => {
  const { id: seriesId, hostId, timeZone } = series;
  const template = readTemplate(series);
  const id = newId();
  const input = occurrenceInput(template, { seriesId, occurrenceAt, timeZone });
  await makeEvent(tx, input, { id, hostId, now, occurrence: { seriesId, occurrenceAt } });
  if (template.event.status === 'PUBLISHED' && !(await isReviewRequired(tx)))
    await publishMade(tx, id, { record, now });
};

/**
 * Puts an event of a series on sale, unless nobody could book it: one whose kinds of tickets were taken away stays a draft.
 * @returns whether it was put on sale
 */
export const publishMade = async (tx: Transaction, eventId: string, { record, now }: Extending): Promise<boolean> => {
  const event = await findEvent(tx, eventId);
  if (!event?.ticketTypes.some(({ status }) => status !== 'DRAFT')) return false;
  if (!(await moveEvent(tx, eventId, 'publish', { now, along: { publishedAt: now } }))) return false;
  await REPORTS.publish({ record, event, actorId: event.hostId, now });
  return true;
};
