import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { type BallotStore, COUNTS } from '../ballot/ballot.store.ts';
import type { LoadBallot } from '../ballot/cast-votes.ts';
import { settleBallot } from '../ballot/settle-ballot.ts';
import { pollClosed, pollMoved } from '../facts.ts';
import { pollName, roomOf } from '../room-name.rules.ts';
import { passOverGone } from '../tell-stage.ts';
import { changed, closed, opened } from './contract.ts';
import { findPoll, isCounted } from './poll.reads.ts';
import { showPoll } from './present.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
  ballots: Pick<BallotStore, 'settle' | 'forget'>;
  load: LoadBallot;
}

/** Tells the room what became of polls, and opens and closes them in its log: from the entry on no vote is counted (V5). */
export const onPollMoved = (deps: Deps): Subscriber[] => [
  subscribe({
    name: 'live.closePollInRoom',
    fact: pollClosed,
    urgency: 'AT_ONCE',
    run: async ({ eventId, pollId }, factId) => {
      const poll = await findPoll(deps.database, eventId, pollId);
      // Opened again since: the votes go on.
      if (poll?.status !== 'CLOSED') return;
      const isTold = poll.reveal !== 'TEAM';
      const settling = {
        ...{ entryId: factId, mode: 'close' as const, isCounted: isCounted(poll), ballotId: pollId },
        ...{
          signal: closed.name,
          data: { pollId, ...(isTold ? { results: COUNTS } : {}) },
          affects: [pollName(pollId)],
        },
      };
      await settleBallot(deps, eventId, settling).catch(passOverGone);
    },
  }),
  subscribe({
    name: 'live.movePollInRoom',
    fact: pollMoved,
    urgency: 'AT_ONCE',
    run: async ({ eventId, pollId, change }, factId) => {
      const poll = await findPoll(deps.database, eventId, pollId);
      if (!poll) return;
      const affects = [pollName(pollId)];
      const about = { entryId: factId, isCounted: isCounted(poll), ballotId: pollId, affects };
      const data = { poll: showPoll(poll) };
      if (change === 'OPENED' && poll.status === 'OPEN') {
        await settleBallot(deps, eventId, { ...about, mode: 'open', signal: opened.name, data }).catch(passOverGone);
      } else if (change === 'CANCELLED') {
        await settleBallot(deps, eventId, { ...about, mode: 'close', signal: changed.name, data }).catch(passOverGone);
      } else {
        await deps.rooms
          .append(roomOf(eventId), { id: factId, signal: changed.name, data, affects })
          .catch(passOverGone);
      }
      // Of a poll whose key is destroyed Redis need not hold who chose what under which hash.
      if (change === 'SEALED') await deps.ballots.forget(eventId, pollId);
    },
  }),
];
