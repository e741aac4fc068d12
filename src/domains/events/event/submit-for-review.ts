import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance } from './advance.steps.ts';
import { submitForReview } from './contract.ts';
import { mayAdvance } from './lifecycle.rules.ts';
import { holdSubject } from './lock.steps.ts';
import { canSeeEvent } from './policy.ts';
import { refuseUnsold } from './publish.ts';

/** Hands a draft to staff. */
export const submitEventForReview = ({ pictures }: Pictured) =>
  commit(submitForReview, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: mayAdvance('submit'),
    run: (_input, subject, context) => {
      refuseUnsold(subject.event);
      return advance('submit', subject, { ...context, pictures });
    },
  });
