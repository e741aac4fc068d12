import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { remove } from './contract.ts';
import { deletePoll } from './poll.writes.ts';
import { showPoll } from './present.ts';
import { findPollSubject } from './subject.ts';

/** Throws a draft away. */
export const deleteDraft = () =>
  commit(remove, {
    load: (input, { tx, actor, now }) => findPollSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.manages,
    run: async ({ pollId }, { poll }, { tx, audit }) => {
      if (poll.status !== 'DRAFT') throw new AppError('CONFLICT', `The poll is ${poll.status}: cancel it instead.`);
      await deletePoll(tx, pollId);
      audit({ targetType: 'poll', targetId: pollId, before: showPoll(poll) });
      return { pollId };
    },
  });
