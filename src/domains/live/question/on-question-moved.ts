import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Draft, RoomLog } from '../../../platform/rooms/log.ts';
import { type BallotStore, COUNTS } from '../ballot/ballot.store.ts';
import type { LoadBallot } from '../ballot/cast-votes.ts';
import { settleBallot } from '../ballot/settle-ballot.ts';
import { questionMoved } from '../facts.ts';
import { passOverGone, tellStage } from '../tell-stage.ts';
import { answered, changed, merged, removed, shown } from './contract.ts';
import { showQuestion } from './present.ts';
import { countQuestions, findQuestion, type QuestionRow } from './question.reads.ts';
import { isVisible, takesUpvotes } from './question.rules.ts';
import { endOfLog, withUpvotes } from './upvotes.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append' | 'undurable'>;
  ballots: Pick<BallotStore, 'settle'>;
  load: LoadBallot;
}

/** Tells the room what became of questions. Of one that nobody sees, only how many there are is told. */
export const onQuestionMoved = (deps: Deps): Subscriber =>
  subscribe({
    name: 'live.tellOfQuestion',
    fact: questionMoved,
    urgency: 'AT_ONCE',
    run: async ({ eventId, questionId, before, intoId }, factId) => {
      const question = await findQuestion(deps.database, eventId, questionId);
      if (!question) return;
      if (intoId !== null) return mergeInRoom(deps, { question, intoId, factId });
      // Nobody is told of a question that nobody sees yet.
      if (before === null && !isVisible(question)) return;
      const draft = await draftOf(deps, question, before !== null && isVisible({ status: before }));
      const about = { entryId: factId, isCounted: false, ballotId: questionId, affects: [] };
      const mode = takesUpvotes(question) ? ('open' as const) : ('close' as const);
      // What was never to be voted on needs no ballot.
      if (before === null || before === 'PENDING') return tellStage(deps.rooms, eventId, { id: factId, ...draft });
      await settleBallot(deps, eventId, { ...about, mode, ...draft }).catch(passOverGone);
    },
  });

const draftOf = async (
  { database, rooms }: Deps,
  question: QuestionRow,
  wasSeen: boolean,
): Promise<Pick<Draft, 'signal' | 'data'>> => {
  const entries = await endOfLog(rooms, question.eventId);
  const counts = await countQuestions(database, question.eventId);
  if (!isVisible(question)) return { signal: removed.name, data: { questionId: question.id, counts } };
  const [now] = await withUpvotes(database, [question], { userId: question.authorId, entries });
  const data = { question: showQuestion(now?.row ?? question), counts };
  if (question.status === 'ANSWERED') return { signal: answered.name, data };
  return { signal: wasSeen ? changed.name : shown.name, data };
};

const mergeInRoom = async (
  deps: Deps,
  { question, intoId, factId }: { question: QuestionRow; intoId: string; factId: string },
): Promise<void> => {
  const { id: questionId, eventId } = question;
  const counts = await countQuestions(deps.database, eventId);
  await settleBallot(deps, eventId, {
    ...{ entryId: factId, mode: 'merge', isCounted: false, ballotId: questionId, intoId, affects: [] },
    ...{ signal: merged.name, data: { questionId, intoId, upvotes: COUNTS, counts } },
  }).catch(passOverGone);
};
