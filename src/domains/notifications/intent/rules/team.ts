import { hostInvited } from '../../../events/facts.ts';
import { rule, titleOf } from '../rule.ts';

/** What people asked to help with an event must know. */
export const teamRules = [
  rule(hostInvited, async ({ eventId, userId, invitedBy, role }, { database, factId }) => [
    {
      userId,
      actorId: invitedBy,
      type: 'SYSTEM',
      category: 'EVENT',
      title: `You are asked to help: ${await titleOf(database, eventId)}`,
      message: `The role is ${role.toLowerCase().replaceAll('_', ' ')}. Accept it to join the team.`,
      data: { eventId },
      eventId,
      dedupeKey: `host-invited:${factId}`,
    },
  ]),
];
