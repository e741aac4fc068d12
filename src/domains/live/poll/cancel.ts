import { commit } from '../../../platform/db/commit.ts';
import { cancel } from './contract.ts';
import { movePoll } from './move.steps.ts';
import { showPoll } from './present.ts';
import { findPollSubject } from './subject.ts';

/** Takes a poll back. */
export const cancelPoll = () =>
  commit(cancel, {
    load: (input, { tx, actor, now }) => findPollSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.manages,
    run: async ({ pollId }, { viewer, poll }, { tx, record, audit, now }) => {
      const moved = await movePoll({ tx, record, now }, { poll, hostId: viewer.hostId }, 'cancel');
      audit({ targetType: 'poll', targetId: pollId, before: { status: poll.status }, after: { status: moved.status } });
      return showPoll(moved);
    },
  });
