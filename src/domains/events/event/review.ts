import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance } from './advance.steps.ts';
import { review } from './contract.ts';
import { holdSubject } from './lock.steps.ts';
import { canModerate, canSeeEvent } from './policy.ts';
import { refuseOver, refuseUnsold } from './publish.ts';

/** Staff’s word on an event that waits for it. */
export const reviewEvent = ({ pictures }: Pictured) =>
  commit(review, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: canModerate,
    run: async ({ decision, reason }, subject, context) => {
      if (decision === 'REJECT') return advance('reject', subject, { ...context, pictures }, { note: reason });
      refuseOver(subject.event.endDate, context.now);
      refuseUnsold(subject.event);
      return advance('approve', subject, { ...context, pictures }, { along: { publishedAt: context.now } });
    },
  });
