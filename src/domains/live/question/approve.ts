import { commit } from '../../../platform/db/commit.ts';
import { approve } from './contract.ts';
import { moveQuestion } from './move.steps.ts';
import { findQuestionSubject } from './subject.ts';

/** Lets everybody see a question. */
export const approveQuestion = () =>
  commit(approve, {
    load: (input, { tx, actor, now }) => findQuestionSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async ({ questionId, version }, subject, { tx, actor, record, audit, now }) => {
      const moving = { tx, record, now, userId: actor.userId };
      const moved = await moveQuestion(moving, subject, { move: 'approve', version });
      audit({ targetType: 'question', targetId: questionId, after: { status: moved.status } });
      return moved;
    },
  });
