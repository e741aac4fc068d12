import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { canSeeEvent } from '../event/policy.ts';
import { hostChanged, hostShareChanged } from '../facts.ts';
import { setRole } from './contract.ts';
import { changeRole } from './host.writes.ts';
import { canAppoint } from './policy.ts';
import { seatOf, showMember } from './present.ts';
import { holdMember } from './subject.steps.ts';

/** Gives a team member another place. A co-host’s share of the earnings ends with theirs. */
export const setHostRole = ({ pictures }: Pictured) =>
  commit(setRole, {
    load: (address, { tx, actor }) => holdMember(tx, address, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing, member }, { role }) =>
      canAppoint(standing.role, member.role) && canAppoint(standing.role, role),
    run: async ({ eventId, userId, role }, { event, member, standing }, { tx, actor, now, record, audit }) => {
      const { role: previousRole } = member;
      const viewer = { userId: actor.userId, role: standing.role };
      if (previousRole === role) return showMember(tx, seatOf(member, viewer), { pictures, now });
      if (!(await changeRole(tx, { eventId, userId }, { from: previousRole, to: role }))) {
        throw new AppError('CONFLICT', 'Their place has just changed.');
      }
      await record(hostChanged, { eventId, hostId: event.hostId, userId, role, previousRole });
      const { revenueShareBasisPoints: previousBasisPoints } = member;
      if (previousBasisPoints > 0) {
        await record(hostShareChanged, {
          ...{ eventId, hostId: event.hostId, userId },
          ...{ shareBasisPoints: 0, previousBasisPoints },
        });
      }
      audit({
        targetType: 'event',
        targetId: eventId,
        before: { userId, role: previousRole, shareBasisPoints: previousBasisPoints },
        after: { userId, role },
      });
      return showMember(tx, seatOf({ ...member, role, revenueShareBasisPoints: 0 }, viewer), { pictures, now });
    },
  });
