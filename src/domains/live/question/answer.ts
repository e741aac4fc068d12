import { commit } from '../../../platform/db/commit.ts';
import { answer } from './contract.ts';
import { moveQuestion } from './move.steps.ts';
import { findQuestionSubject } from './subject.ts';

/** Says that a question was answered. */
export const answerQuestion = () =>
  commit(answer, {
    load: (input, { tx, actor, now }) => findQuestionSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async ({ questionId, version, answer: words }, subject, { tx, actor, record, audit, now }) => {
      const moving = { tx, record, now, userId: actor.userId };
      const moved = await moveQuestion(moving, subject, { move: 'answer', version, details: { answer: words } });
      audit({ targetType: 'question', targetId: questionId, after: { status: moved.status } });
      return moved;
    },
  });
