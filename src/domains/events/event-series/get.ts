import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Pictured } from '../../media/api.ts';
import { get } from './contract.ts';
import { findSeries } from './event-series.reads.ts';
import { isOwnSeries } from './policy.ts';
import { showSeries } from './present.ts';

/** A series of the caller’s. */
export const getSeries = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(get, {
    load: ({ seriesId }) => findSeries(database, seriesId),
    sees: isOwnSeries,
    allow: anyone,
    run: (_input, series, { now }) => showSeries(database, series, { pictures, now }),
  });
