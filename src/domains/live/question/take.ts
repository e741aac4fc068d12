import { commit } from '../../../platform/db/commit.ts';
import { take } from './contract.ts';
import { moveQuestion } from './move.steps.ts';
import { findQuestionSubject } from './subject.ts';

/** Says which question is being answered. */
export const takeQuestion = () =>
  commit(take, {
    load: (input, { tx, actor, now }) => findQuestionSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async ({ questionId, version }, subject, { tx, actor, record, audit, now }) => {
      const moving = { tx, record, now, userId: actor.userId };
      const moved = await moveQuestion(moving, subject, { move: 'take', version });
      audit({ targetType: 'question', targetId: questionId, after: { status: moved.status } });
      return moved;
    },
  });
