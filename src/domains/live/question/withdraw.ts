import { commit } from '../../../platform/db/commit.ts';
import { withdraw } from './contract.ts';
import { moveQuestion } from './move.steps.ts';
import { findQuestionSubject, seesQuestion } from './subject.ts';

/** Takes one's own question back. */
export const withdrawQuestion = () =>
  commit(withdraw, {
    load: (input, { tx, actor, now }) => findQuestionSubject(tx, input, { actor, now }),
    sees: seesQuestion,
    allow: (_actor, { isOwn }) => isOwn,
    run: (_input, subject, { tx, actor, record, now }) =>
      moveQuestion({ tx, record, now, userId: actor.userId }, subject, { move: 'withdraw' }),
  });
