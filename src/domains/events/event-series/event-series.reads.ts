import type { Transaction } from '../../../platform/db/client.ts';
import { COVER } from '../event/event.reads.ts';
import { EDITABLE } from '../event/lifecycle.rules.ts';
import { MAX_SHOWN } from './contract.ts';

/** A series, or null. */
export const findSeries = (reader: Pick<Transaction, 'eventSeries'>, seriesId: string) =>
  reader.eventSeries.findUnique({ where: { id: seriesId } });

export type SeriesRow = NonNullable<Awaited<ReturnType<typeof findSeries>>>;

interface OwnSeries {
  hostId: string;
  /** The last one of the page before. */
  after: string | undefined;
  limit: number;
}

/** Series somebody hosts, newest first. */
export const seriesOf = (reader: Pick<Transaction, 'eventSeries'>, { hostId, after, limit }: OwnSeries) =>
  reader.eventSeries.findMany({
    where: { hostId, ...(after === undefined ? {} : { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });

/** The start of the next event of each series that has one to come. */
export const nextStarts = async (
  reader: Pick<Transaction, 'event'>,
  seriesIds: string[],
  now: Date,
): Promise<Map<string, Date>> => {
  const rows = await reader.event.groupBy({
    by: ['seriesId'],
    where: { seriesId: { in: seriesIds }, deletedAt: null, status: { not: 'CANCELLED' }, startDate: { gt: now } },
    _min: { startDate: true },
  });
  return new Map(
    rows.flatMap(({ seriesId, _min }) => (seriesId && _min.startDate ? [[seriesId, _min.startDate]] : [])),
  );
};

/** The series’ events that are not over, in order. */
export const nextEvents = (reader: Pick<Transaction, 'event'>, seriesId: string, now: Date) =>
  reader.event.findMany({
    where: { seriesId, deletedAt: null, endDate: { gt: now } },
    orderBy: [{ startDate: 'asc' }, { id: 'asc' }],
    include: COVER,
    take: MAX_SHOWN,
    relationLoadStrategy: 'join',
  });

/** Occurrences that were made already, those that were thrown away included: they are not made again. */
export const madeAmong = async (
  reader: Pick<Transaction, 'event'>,
  seriesId: string,
  occurrences: Date[],
): Promise<Set<number>> => {
  const rows = await reader.event.findMany({
    where: { seriesId, occurrenceAt: { in: occurrences } },
    select: { occurrenceAt: true },
  });
  return new Set(rows.flatMap(({ occurrenceAt }) => occurrenceAt?.getTime() ?? []));
};

/** Ids of the series’ events from one occurrence on that may still be changed, in order. */
export const followingEvents = async (
  reader: Pick<Transaction, 'event'>,
  seriesId: string,
  from: Date,
): Promise<string[]> => {
  const rows = await reader.event.findMany({
    where: {
      seriesId,
      occurrenceAt: { gte: from },
      status: { in: [...EDITABLE] },
      archivedAt: null,
      deletedAt: null,
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

/** Ids of the series’ drafts from an occurrence on, in order. */
export const draftsFrom = async (
  reader: Pick<Transaction, 'event'>,
  seriesId: string,
  from: Date,
): Promise<string[]> => {
  const rows = await reader.event.findMany({
    where: { seriesId, occurrenceAt: { gte: from }, status: 'DRAFT', deletedAt: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};
