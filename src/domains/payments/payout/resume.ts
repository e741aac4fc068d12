import { isAdmin } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { resume } from './contract.ts';
import { resumePayout } from './hold.writes.ts';
import { lockPayout } from './lock.writes.ts';
import { presentPayout } from './present.ts';

/** Lets a payout on hold leave. What the platform itself holds, it holds again while the reason lasts. */
export const resumeOnePayout = () =>
  commit(resume, {
    load: ({ payoutId }, { tx }) => lockPayout(tx, payoutId),
    allow: isAdmin,
    run: async ({ payoutId }, payout, { tx, record, now, audit }) => {
      if (!(await resumePayout({ tx, record }, payoutId, now))) {
        throw new AppError('CONFLICT', 'This payout is not on hold.');
      }
      audit({
        targetType: 'payout',
        targetId: payoutId,
        subjectId: payout.hostId,
        before: { reason: payout.holdReason },
      });
      return presentPayout({ ...payout, status: 'LOCKED', holdReason: null, failureMessage: null });
    },
  });
