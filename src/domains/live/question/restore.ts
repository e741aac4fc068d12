import { commit } from '../../../platform/db/commit.ts';
import { restore } from './contract.ts';
import { moveQuestion } from './move.steps.ts';
import { findQuestionSubject } from './subject.ts';

/** Shows a question again that was put aside. */
export const restoreQuestion = () =>
  commit(restore, {
    load: (input, { tx, actor, now }) => findQuestionSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async ({ questionId, version }, subject, { tx, actor, record, audit, now }) => {
      const moving = { tx, record, now, userId: actor.userId };
      const moved = await moveQuestion(moving, subject, { move: 'restore', version });
      audit({ targetType: 'question', targetId: questionId, after: { status: moved.status } });
      return moved;
    },
  });
