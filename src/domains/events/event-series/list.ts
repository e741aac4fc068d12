import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { toTimeOrNull } from '../times.rules.ts';
import { list } from './contract.ts';
import { nextStarts, seriesOf } from './event-series.reads.ts';
import { summariseSeries } from './present.ts';

/** The series the caller hosts. */
export const listSeries = ({ database }: { database: Database }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit }, _subject, { actor, now }) => {
      const rows = await seriesOf(database, { hostId: actor.userId, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      const ids = items.map(({ id }) => id);
      const starts = await nextStarts(database, ids, now);
      const shown = items.map((series) => ({
        ...summariseSeries(series),
        nextStartDate: toTimeOrNull(starts.get(series.id) ?? null),
      }));
      return { items: shown, nextCursor };
    },
  });
