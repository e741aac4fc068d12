import { commit } from '../../../platform/db/commit.ts';
import { close } from './contract.ts';
import { movePoll } from './move.steps.ts';
import { showPoll } from './present.ts';
import { findPollSubject } from './subject.ts';

/** Takes no more votes. */
export const closePoll = () =>
  commit(close, {
    load: (input, { tx, actor, now }) => findPollSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.manages,
    run: async ({ pollId }, { viewer, poll }, { tx, record, audit, now }) => {
      const moved = await movePoll({ tx, record, now }, { poll, hostId: viewer.hostId }, 'close');
      audit({ targetType: 'poll', targetId: pollId, before: { status: poll.status }, after: { status: moved.status } });
      return showPoll(moved);
    },
  });
