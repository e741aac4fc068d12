import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { canSeeEvent } from '../event/policy.ts';
import { hostShareChanged } from '../facts.ts';
import { ALL_BASIS_POINTS, setShare } from './contract.ts';
import { type MemberRow, sharedWithOthers } from './host.reads.ts';
import { changeShare } from './host.writes.ts';
import { canShare } from './policy.ts';
import { seatOf, showMember } from './present.ts';
import { holdMember } from './subject.steps.ts';

/** Gives a co-host a share of what the event earns from now on. */
export const setHostShare = ({ pictures }: Pictured) =>
  commit(setShare, {
    load: (address, { tx, actor }) => holdMember(tx, address, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canShare(standing.role),
    run: async (
      { eventId, userId, shareBasisPoints },
      { event, member, standing },
      { tx, actor, now, record, audit },
    ) => {
      const previousBasisPoints = member.revenueShareBasisPoints;
      const viewer = { userId: actor.userId, role: standing.role };
      const changed = { ...member, revenueShareBasisPoints: shareBasisPoints };
      await refuseShare(tx, member, shareBasisPoints);
      if (previousBasisPoints === shareBasisPoints) return showMember(tx, seatOf(member, viewer), { pictures, now });
      if (!(await changeShare(tx, { eventId, userId }, shareBasisPoints))) {
        throw new AppError('CONFLICT', 'Their place has just changed.');
      }
      await record(hostShareChanged, {
        ...{ eventId, hostId: event.hostId, userId },
        ...{ shareBasisPoints, previousBasisPoints },
      });
      audit({
        targetType: 'event',
        targetId: eventId,
        before: { userId, shareBasisPoints: previousBasisPoints },
        after: { userId, shareBasisPoints },
      });
      return showMember(tx, seatOf(changed, viewer), { pictures, now });
    },
  });

/** The event is held: nobody else is given a share meanwhile. */
const refuseShare = async (
  tx: Transaction,
  { eventId, userId, role }: MemberRow,
  shareBasisPoints: number,
): Promise<void> => {
  if (role !== 'CO_HOST') throw new AppError('CONFLICT', 'userId: only co-hosts have a share of the earnings.');
  const left = ALL_BASIS_POINTS - (await sharedWithOthers(tx, eventId, userId));
  if (shareBasisPoints > left) {
    throw new AppError('CONFLICT', `shareBasisPoints: of this event’s earnings ${left} are left to share.`);
  }
};
