import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { createBallotStore } from '../ballot/ballot.store.ts';
import { gatherVotes } from '../ballot/cast-votes.ts';
import type { Deps } from '../deps.ts';
import { answerQuestion } from './answer.ts';
import { approveQuestion } from './approve.ts';
import { askQuestion } from './ask.ts';
import { answered, changed, counted, merged, removed, shown } from './contract.ts';
import { dismissQuestion } from './dismiss.ts';
import { listQuestions } from './list.ts';
import { mergeQuestion } from './merge.ts';
import { onQuestionMoved } from './on-question-moved.ts';
import { restoreQuestion } from './restore.ts';
import { retractUpvote } from './retract.ts';
import { takeQuestion } from './take.ts';
import { upvoteQuestion } from './upvote.ts';
import { loadQuestionBallot } from './upvotes.ts';
import { withdrawQuestion } from './withdraw.ts';

/** Questions of an audience. */
export const questionTopic = (platform: Deps): Topic<Transaction> => {
  const deps = { ...platform, ballots: createBallotStore(platform) };
  const load = (eventId: string, questionId: string) => loadQuestionBallot(deps, eventId, questionId);
  const cast = gatherVotes({ ...deps, kind: 'question', load });
  return {
    operations: [
      askQuestion(),
      withdrawQuestion(),
      upvoteQuestion({ ...deps, cast }),
      retractUpvote({ ...deps, cast }),
      listQuestions(deps),
      approveQuestion(),
      dismissQuestion(),
      takeQuestion(),
      answerQuestion(),
      mergeQuestion(),
      restoreQuestion(),
    ],
    signals: [shown, changed, answered, removed, merged, counted],
    subscribers: [onQuestionMoved({ ...deps, load })],
  };
};
