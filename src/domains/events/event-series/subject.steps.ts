import type { Transaction } from '../../../platform/db/client.ts';
import { findSeries, type SeriesRow } from './event-series.reads.ts';
import { lockSeries } from './event-series.writes.ts';

/** A series that nobody else changes until the transaction ends, or null. */
export const holdSeries = async (tx: Transaction, seriesId: string): Promise<SeriesRow | null> => {
  await lockSeries(tx, seriesId);
  return findSeries(tx, seriesId);
};
