import type { InputOf } from '../../../kernel/contract.ts';
import { invalidField } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import type { Pictured } from '../../media/api.ts';
import { checkSold, checkToCome } from '../event/check-fields.steps.ts';
import { mustBeReviewed } from '../event/create.ts';
import { isReviewRequired } from '../event/event.reads.ts';
import { checkEvent } from '../event/make.steps.ts';
import { create } from './contract.ts';
import { insertSeries } from './event-series.writes.ts';
import { extendSeries } from './extend.steps.ts';
import { showSeries } from './present.ts';
import { checkRule } from './rule.ts';
import { measureEvent, type Template } from './template.steps.ts';

/** Makes a series and its first events. */
export const createSeries = ({ pictures }: Pictured) =>
  commit(create, {
    load: nothing,
    allow: anyone,
    run: async ({ recurrenceRule, timeZone = 'UTC', ...event }, _subject, context) => {
      const { tx, actor, now, audit } = context;
      const startsAt = new Date(event.startDate);
      checkToCome('startDate', startsAt, now);
      checkSold(event);
      const template = templateOf(event, timeZone);
      const rule = { recurrenceRule, startsAt, timeZone };
      const parts = checkRule(rule);
      if (event.status === 'PUBLISHED' && (await isReviewRequired(tx))) throw mustBeReviewed();
      // The first events may be made weeks from now: what is wrong with them is said to who can mend it.
      await checkEvent(tx, event, { hostId: actor.userId, now });
      const stamps = { createdAt: now, updatedAt: now };
      const row = { id: newId(), hostId: actor.userId, title: event.title, template, ...rule, ...parts, ...stamps };
      const series = await extendSeries(tx, await insertSeries(tx, row), context);
      const view = await showSeries(tx, series, { pictures, now });
      audit({ targetType: 'eventSeries', targetId: series.id, after: row });
      return view;
    },
  });

type SeriesInput = Omit<InputOf<typeof create>, 'recurrenceRule' | 'timeZone'>;

/** @throws INVALID_INPUT for an end that is not after the start */
const templateOf = (event: SeriesInput, timeZone: string): Template => {
  const durationMs = Date.parse(event.endDate) - Date.parse(event.startDate);
  if (durationMs <= 0) throw invalidField('endDate', 'must be later than startDate');
  return { event: measureEvent(event, timeZone), startTime: null, durationMs };
};
