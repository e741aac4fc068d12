import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { mustBeReviewed } from '../event/create.ts';
import { isReviewRequired } from '../event/event.reads.ts';
import { publish } from './contract.ts';
import { draftsFrom } from './event-series.reads.ts';
import { updateSeries } from './event-series.writes.ts';
import { publishMade } from './extend.steps.ts';
import { isOwnSeries } from './policy.ts';
import { showSeries } from './present.ts';
import { holdSeries } from './subject.steps.ts';
import { readTemplate } from './template.steps.ts';

/** Puts the drafts of a series on sale, now and as they are made. */
export const publishSeries = ({ pictures }: Pictured) =>
  commit(publish, {
    load: ({ seriesId }, { tx }) => holdSeries(tx, seriesId),
    sees: isOwnSeries,
    allow: anyone,
    run: async ({ seriesId }, series, context) => {
      const { tx, now, audit } = context;
      if (await isReviewRequired(tx)) throw mustBeReviewed();
      const published: string[] = [];
      for (const eventId of await draftsFrom(tx, seriesId, now)) {
        if (await publishMade(tx, eventId, context)) published.push(eventId);
      }
      const template = readTemplate(series);
      const after = { ...template, event: { ...template.event, status: 'PUBLISHED' as const } };
      audit({ targetType: 'eventSeries', targetId: seriesId, after: { published } });
      return showSeries(tx, await updateSeries(tx, seriesId, { template: after, updatedAt: now }), { pictures, now });
    },
  });
