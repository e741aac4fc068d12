import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance, mayAdvance } from './advance.steps.ts';
import { submitForReview } from './contract.ts';
import { holdSubject } from './lock.steps.ts';
import { refuseUnsold } from './publish.ts';

/** Hands a draft to staff. */
export const submitEventForReview = ({ pictures }: Pictured) =>
  commit(submitForReview, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    allow: mayAdvance('submit'),
    run: (_input, subject, context) => {
      refuseUnsold(subject.event);
      return advance('submit', subject, { ...context, pictures });
    },
  });
