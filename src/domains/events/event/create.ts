import { AppError } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import type { Pictured } from '../../media/api.ts';
import { advance, reread } from './advance.steps.ts';
import { checkSold, checkToCome } from './check-fields.steps.ts';
import { create } from './contract.ts';
import { isReviewRequired } from './event.reads.ts';
import { makeEvent } from './make.steps.ts';
import { showEvent } from './present.ts';

/** Makes an event with its ticket types, as a draft or at once on sale. */
export const createEvent = ({ pictures }: Pictured) =>
  commit(create, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, context) => {
      const { tx, actor, now, audit } = context;
      const id = newId();
      checkToCome('startDate', new Date(input.startDate), now);
      checkSold(input);
      await makeEvent(tx, input, { id, hostId: actor.userId, now });
      const subject = await reread(tx, id, actor);
      const view = await showEvent(tx, subject, { pictures, now });
      audit({ targetType: 'event', targetId: id, after: view });
      if (input.status !== 'PUBLISHED') return view;
      if (await isReviewRequired(tx)) throw mustBeReviewed();
      return advance('publish', subject, { ...context, pictures }, { along: { publishedAt: now } });
    },
  });

/** The answer where staff looks at events first. */
export const mustBeReviewed = (): AppError =>
  new AppError('CONFLICT', 'Events are reviewed here before they are published: submit the draft for review.');
