import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { canSeeEvent } from '../event/policy.ts';
import { hostJoined } from '../facts.ts';
import { accept } from './contract.ts';
import { acceptInvitation } from './host.writes.ts';
import { seatOf, showMember } from './present.ts';
import { holdMember } from './subject.steps.ts';

/** Takes the place the caller was invited to. */
export const acceptInvite = ({ pictures }: Pictured) =>
  commit(accept, {
    load: ({ eventId }, { tx, actor }) => holdMember(tx, { eventId, userId: actor.userId }, actor),
    sees: canSeeEvent,
    allow: ({ userId }, { member }) => member.userId === userId,
    run: async ({ eventId }, { event, member }, { tx, actor: { userId }, now, record, audit }) => {
      if (!(await acceptInvitation(tx, { eventId, userId, now }))) {
        throw new AppError('CONFLICT', 'You are in the team already.');
      }
      await record(hostJoined, { eventId, hostId: event.hostId, userId, role: member.role });
      audit({ targetType: 'event', targetId: eventId, after: { joined: userId, role: member.role } });
      return showMember(tx, seatOf({ ...member, acceptedAt: now }, { userId, role: member.role }), { pictures, now });
    },
  });
