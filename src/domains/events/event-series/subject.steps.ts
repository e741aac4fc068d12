import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { findSeries, type SeriesRow } from './event-series.reads.ts';
import { lockSeries } from './event-series.writes.ts';

/** A series of the actor’s that the transaction holds, or null: of other people’s it is not said that they are there. */
export const holdSeries = async (tx: Transaction, seriesId: string, actor: Actor): Promise<SeriesRow | null> => {
  await lockSeries(tx, seriesId);
  const series = await findSeries(tx, seriesId);
  return series?.hostId === actor.userId ? series : null;
};
