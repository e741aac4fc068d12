import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { reachableUsers } from '../../identity/api.ts';
import type { Pictured } from '../../media/api.ts';
import { holdSubject } from '../event/lock.steps.ts';
import { canSeeEvent } from '../event/policy.ts';
import { hostInvited } from '../facts.ts';
import { invite, MAX_TEAM } from './contract.ts';
import { countMembers } from './host.reads.ts';
import { insertInvitation } from './host.writes.ts';
import { canAppoint } from './policy.ts';
import { showMember } from './present.ts';

/** Asks somebody to join the team. */
export const inviteHost = ({ pictures }: Pictured) =>
  commit(invite, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }, { role }) => canAppoint(standing.role, role),
    run: async ({ eventId, userId, role }, { event }, { tx, actor, now, record, audit }) => {
      if (!(await reachableUsers(tx, actor.userId, [userId])).has(userId))
        throw invalidField('userId', 'is nobody here');
      if ((await countMembers(tx, eventId)) >= MAX_TEAM) {
        throw new AppError('CONFLICT', `A team has ${MAX_TEAM} members at most.`);
      }
      const isNew = userId !== event.hostId && (await insertInvitation(tx, { eventId, userId, role, now }));
      if (!isNew) throw new AppError('CONFLICT', 'userId: is in the team already, or invited.');
      await record(hostInvited, { eventId, hostId: event.hostId, userId, role, invitedBy: actor.userId });
      audit({ targetType: 'event', targetId: eventId, after: { invited: userId, role } });
      return showMember(tx, { userId, role, invitedAt: now, acceptedAt: null }, { pictures, now });
    },
  });
