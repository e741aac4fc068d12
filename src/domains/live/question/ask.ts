import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { questionMoved } from '../facts.ts';
import { holdStage } from '../live/stage.writes.ts';
import { readViewer, type Stage } from '../standing/standing.reads.ts';
import { refuseIdle } from '../standing/standing.ts';
import { ask } from './contract.ts';
import { viewQuestion } from './present.ts';
import { countAsked, countOpenOf } from './question.reads.ts';
import { askedStatus } from './question.rules.ts';
import { insertQuestion } from './question.writes.ts';

const MAX_OPEN = 20;
const MAX_ASKED = 5_000;

/** Asks something; its author wants it answered from the beginning. */
export const askQuestion = () =>
  commit(ask, {
    load: ({ eventId }, { tx, actor, now }) => readViewer(tx, eventId, { actor, now }),
    allow: () => true,
    run: async ({ eventId, body, isAnonymous }, viewer, { tx, actor, record, now }) => {
      const stage = await holdStage(tx, eventId);
      refuseIdle({ stage, viewer }, now);
      const mode = questionMode(stage);
      if (isAnonymous && !stage.settings.anonymousQuestions) {
        throw new AppError('CONFLICT', 'This stage takes no anonymous questions.');
      }
      if ((await countOpenOf(tx, eventId, actor.userId)) >= MAX_OPEN) {
        throw new AppError('CONFLICT', `${MAX_OPEN} of your questions wait for an answer: that is as many as may.`);
      }
      if ((await countAsked(tx, eventId)) >= MAX_ASKED) {
        throw new AppError('CONFLICT', `An event takes ${MAX_ASKED} questions at most.`);
      }
      const status = askedStatus(mode, { body, isKnown: viewer.isTeam || viewer.isAdmitted });
      const asked = { id: newId(), eventId, authorId: actor.userId, body, isAnonymous, status, createdAt: now };
      const row = await insertQuestion(tx, asked);
      const { hostId } = viewer;
      await record(questionMoved, { eventId, hostId, questionId: row.id, status, before: null, intoId: null });
      return viewQuestion(row, { userId: actor.userId, isUpvoted: true });
    },
  });

/** @throws CONFLICT for a stage that takes none */
const questionMode = ({ settings }: Stage): 'OPEN' | 'MODERATED' => {
  if (settings.questions === 'OFF') throw new AppError('CONFLICT', 'This stage takes no questions.');
  return settings.questions;
};
