import { isAdmin } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { hold } from './contract.ts';
import { holdPayout } from './hold.writes.ts';
import { lockPayout } from './lock.writes.ts';
import { presentPayout } from './present.ts';

/** Keeps a payout from leaving until somebody lets it. */
export const holdOnePayout = () =>
  commit(hold, {
    load: ({ payoutId }, { tx }) => lockPayout(tx, payoutId),
    allow: isAdmin,
    run: async ({ payoutId: id, reason }, payout, { tx, now, audit }) => {
      if (!(await holdPayout(tx, { id, reason, message: null, now }))) {
        throw new AppError('CONFLICT', `This payout is ${payout.status}: it cannot be held any more.`);
      }
      audit({
        targetType: 'payout',
        targetId: id,
        subjectId: payout.hostId,
        before: { status: payout.status },
        after: { reason },
      });
      return presentPayout({ ...payout, status: 'ON_HOLD', holdReason: reason });
    },
  });
