import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { SeriesRow } from './event-series.reads.ts';

/** Holds everyone else who makes, edits or ends events of the series until the transaction ends. */
export const lockSeries = async (tx: Transaction, seriesId: string): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM event_series WHERE id = ${seriesId}::uuid FOR NO KEY UPDATE`;
};

export const insertSeries = (tx: Transaction, data: Prisma.EventSeriesUncheckedCreateInput): Promise<SeriesRow> =>
  tx.eventSeries.create({ data });

export const updateSeries = (
  tx: Transaction,
  seriesId: string,
  data: Prisma.EventSeriesUncheckedUpdateInput,
): Promise<SeriesRow> => tx.eventSeries.update({ where: { id: seriesId }, data });

interface Short {
  /** Series that reach this far are long enough. */
  horizon: Date;
  now: Date;
  /** Passed over. */
  except: string[];
}

/** Locks one series whose events do not reach far enough, or gives null when there is none that nobody else holds. */
export const takeShortSeries = async (tx: Transaction, { horizon, now, except }: Short): Promise<SeriesRow | null> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM event_series
    WHERE (generated_until IS NULL OR generated_until < ${horizon} OR extend_at <= ${now})
      AND (ends_at IS NULL OR generated_until IS NULL OR generated_until < ends_at)
      AND NOT id = ANY(${except}::uuid[])
    ORDER BY generated_until NULLS FIRST LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;
  const id = rows[0]?.id;
  return id === undefined ? null : tx.eventSeries.findUnique({ where: { id } });
};
