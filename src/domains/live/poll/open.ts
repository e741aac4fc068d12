import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { findStage } from '../standing/standing.reads.ts';
import { open } from './contract.ts';
import { movePoll } from './move.steps.ts';
import { showPoll } from './present.ts';
import { findPollSubject } from './subject.ts';

/** Lets people vote, for the first time or again. */
export const openPoll = () =>
  commit(open, {
    load: (input, { tx, actor, now }) => findPollSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.manages,
    run: async ({ eventId, pollId }, { viewer, poll }, { tx, record, audit, now }) => {
      const stage = await findStage(tx, eventId);
      if (stage.status === 'ENDED') throw new AppError('CONFLICT', 'The stage is ENDED.');
      const moved = await movePoll({ tx, record, now }, { poll, hostId: viewer.hostId }, 'open');
      audit({ targetType: 'poll', targetId: pollId, before: { status: poll.status }, after: { status: moved.status } });
      return showPoll(moved);
    },
  });
