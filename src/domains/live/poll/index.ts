import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { createBallotStore } from '../ballot/ballot.store.ts';
import { gatherVotes } from '../ballot/cast-votes.ts';
import type { Deps } from '../deps.ts';
import { advanceDuePolls } from './advance-due.job.ts';
import { cancelPoll } from './cancel.ts';
import { closePoll } from './close.ts';
import { changed, closed, counted, opened } from './contract.ts';
import { createPoll } from './create.ts';
import { deleteDraft } from './delete.ts';
import { editPoll } from './edit.ts';
import { listPolls } from './list.ts';
import { onPollMoved } from './on-poll-moved.ts';
import { openPoll } from './open.ts';
import { reorderPolls } from './reorder.ts';
import { showResults } from './results.ts';
import { loadPollBallot } from './tally.ts';
import { voteInPoll } from './vote.ts';

/** Polls of a stage. */
export const pollTopic = (platform: Deps): Topic<Transaction> => {
  const deps = { ...platform, ballots: createBallotStore(platform) };
  const load = (eventId: string, pollId: string) => loadPollBallot(deps, eventId, pollId);
  return {
    operations: [
      createPoll(deps),
      editPoll(),
      openPoll(),
      closePoll(),
      cancelPoll(),
      reorderPolls(),
      deleteDraft(),
      voteInPoll({ ...deps, cast: gatherVotes({ ...deps, kind: 'poll', load }) }),
      showResults(deps),
      listPolls(deps),
    ],
    signals: [opened, counted, closed, changed],
    jobs: [advanceDuePolls(deps)],
    subscribers: onPollMoved({ ...deps, load }),
  };
};
