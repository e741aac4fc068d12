import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Pictured } from '../../media/api.ts';
import { get } from './contract.ts';
import { findSeries } from './event-series.reads.ts';
import { showSeries } from './present.ts';

/** A series of the caller’s. */
export const getSeries = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(get, {
    load: async ({ seriesId }, { actor }) => {
      const series = await findSeries(database, seriesId);
      return series?.hostId === actor.userId ? series : null;
    },
    allow: anyone,
    run: (_input, series, { now }) => showSeries(database, series, { pictures, now }),
  });
