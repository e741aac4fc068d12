import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { merge } from './contract.ts';
import { moveQuestion } from './move.steps.ts';
import { takesUpvotes } from './question.rules.ts';
import { holdQuestion } from './question.writes.ts';
import { findQuestionSubject } from './subject.ts';

/** Puts a question aside as the same as another one; the room's log adds its upvotes there, each person once (V6). */
export const mergeQuestion = () =>
  commit(merge, {
    load: (input, { tx, actor, now }) => findQuestionSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async ({ eventId, questionId, version, intoId }, subject, { tx, actor, record, audit, now }) => {
      if (intoId === questionId) throw invalidField('intoId', 'is the question itself');
      const into = await holdQuestion(tx, eventId, intoId);
      if (!into) throw invalidField('intoId', 'is no question of this event');
      if (!takesUpvotes(into)) throw new AppError('CONFLICT', `The other question is ${into.status}.`);
      const moving = { tx, record, now, userId: actor.userId };
      const details = { mergedIntoId: intoId, dismissalReason: 'DUPLICATE' as const };
      const moved = await moveQuestion(moving, subject, { move: 'merge', version, details });
      audit({ targetType: 'question', targetId: questionId, after: { status: moved.status, intoId } });
      return moved;
    },
  });
