import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance } from './advance.steps.ts';
import { publish } from './contract.ts';
import { mustBeReviewed } from './create.ts';
import { type EventRow, isReviewRequired } from './event.reads.ts';
import { mayAdvance } from './lifecycle.rules.ts';
import { holdSubject } from './lock.steps.ts';
import { canSeeEvent } from './policy.ts';

/** Puts a draft on sale. */
export const publishEvent = ({ pictures }: Pictured) =>
  commit(publish, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: mayAdvance('publish'),
    run: async (_input, subject, context) => {
      const { tx, now } = context;
      if (await isReviewRequired(tx)) throw mustBeReviewed();
      refuseOver(subject.event.endDate, now);
      refuseUnsold(subject.event);
      return advance('publish', subject, { ...context, pictures }, { along: { publishedAt: now } });
    },
  });

/** @throws CONFLICT for an event that nobody could book: it has no kind of ticket but drafts */
export const refuseUnsold = ({ ticketTypes }: Pick<EventRow, 'ticketTypes'>): void => {
  if (ticketTypes.some(({ status }) => status !== 'DRAFT')) return;
  throw new AppError('CONFLICT', 'The event has no kind of ticket, so nobody could book it: add one first.');
};

/** @throws CONFLICT for an event whose end has passed */
export const refuseOver = (endDate: Date, now: Date): void => {
  if (endDate <= now) throw new AppError('CONFLICT', 'The event’s end has passed: give it new dates first.');
};
