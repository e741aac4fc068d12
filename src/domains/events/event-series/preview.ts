import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import { toTime } from '../times.rules.ts';
import { MAX_SHOWN, preview } from './contract.ts';
import { checkRule, occurrencesIn } from './rule.ts';

/** Occurrences later than this after the first one are not shown. */
const SHOWN_MS = 2 * 366 * 86_400_000;

/** Shows when the events of a rule would be, before anybody makes them. */
export const previewSeries = () =>
  handle(preview, {
    load: nothing,
    allow: anyone,
    run: async ({ startDate, timeZone = 'UTC', recurrenceRule }) => {
      const startsAt = new Date(startDate);
      const rule = { recurrenceRule, startsAt, timeZone };
      checkRule(rule);
      const found = occurrencesIn(rule, { from: startsAt, to: new Date(startsAt.getTime() + SHOWN_MS) });
      return { occurrences: found.slice(0, MAX_SHOWN).map(toTime), hasMore: found.length > MAX_SHOWN };
    },
  });
