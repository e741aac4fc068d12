import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canSeeEvent } from '../event/policy.ts';
import { hostLeft, hostShareChanged } from '../facts.ts';
import { remove } from './contract.ts';
import { deleteMember } from './host.writes.ts';
import { canRemove } from './policy.ts';
import { holdMember } from './subject.steps.ts';

/** Takes somebody out of the team; the caller may leave, or turn an invitation down. */
export const removeHost = () =>
  commit(remove, {
    load: (address, { tx, actor }) => holdMember(tx, address, actor),
    sees: canSeeEvent,
    allow: ({ userId }, { standing, member }) => canRemove({ userId, role: standing.role }, member),
    run: async ({ eventId, userId }, { event, member }, { tx, actor, record, audit }) => {
      if (!(await deleteMember(tx, eventId, userId))) throw new AppError('CONFLICT', 'They have just left.');
      const { role, acceptedAt, revenueShareBasisPoints: shareBasisPoints } = member;
      await record(hostLeft, { eventId, hostId: event.hostId, userId, role, removedBy: actor.userId });
      if (shareBasisPoints > 0) {
        await record(hostShareChanged, {
          ...{ eventId, hostId: event.hostId, userId },
          ...{ shareBasisPoints: 0, previousBasisPoints: shareBasisPoints },
        });
      }
      audit({ targetType: 'event', targetId: eventId, before: { userId, role, acceptedAt, shareBasisPoints } });
      return { userId };
    },
  });
