import { commit } from '../../../platform/db/commit.ts';
import { dismiss } from './contract.ts';
import { moveQuestion } from './move.steps.ts';
import { findQuestionSubject } from './subject.ts';

/** Puts a question aside. Its author reads the reason, and the event counts it (V7). */
export const dismissQuestion = () =>
  commit(dismiss, {
    load: (input, { tx, actor, now }) => findQuestionSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async ({ questionId, version, reason }, subject, { tx, actor, record, audit, now }) => {
      const moving = { tx, record, now, userId: actor.userId };
      const moved = await moveQuestion(moving, subject, {
        move: 'dismiss',
        version,
        details: { dismissalReason: reason },
      });
      audit({ targetType: 'question', targetId: questionId, after: { status: moved.status, reason } });
      return moved;
    },
  });
