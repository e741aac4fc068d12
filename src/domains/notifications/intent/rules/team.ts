import { hostInvited, hostShareChanged } from '../../../events/facts.ts';
import { rule, titleOf } from '../rule.ts';

/** What people asked to help with an event must know. */
export const teamRules = [
  rule(hostInvited, async ({ eventId, userId, invitedBy, role }, { database, factId }) => [
    {
      userId,
      actorId: invitedBy,
      broughtBy: { userId: invitedBy, reaches: 'INBOX' },
      type: 'SYSTEM',
      category: 'EVENT',
      title: `You are asked to help: ${await titleOf(database, eventId)}`,
      message: `The role is ${role.toLowerCase().replaceAll('_', ' ')}. Accept it to join the team.`,
      data: { eventId },
      eventId,
      dedupeKey: `host-invited:${factId}`,
    },
  ]),

  rule(hostShareChanged, async ({ eventId, userId, ...change }, { database, factId }) => [
    {
      userId,
      type: 'SYSTEM',
      category: 'PAYMENT',
      title: `Your share of the earnings: ${await titleOf(database, eventId)}`,
      message: shareInWords(change),
      data: { eventId },
      eventId,
      dedupeKey: `host-share-changed:${factId}`,
    },
  ]),
];

interface ShareChange {
  shareBasisPoints: number;
  previousBasisPoints: number;
}

const shareInWords = ({ shareBasisPoints, previousBasisPoints }: ShareChange): string => {
  const [now, before] = [shareBasisPoints, previousBasisPoints].map((points) => `${points / 100}%`);
  if (shareBasisPoints === 0)
    return `Your share of ${before} has ended. What was sold before is shared as it was agreed.`;
  const change = previousBasisPoints === 0 ? `is now ${now}` : `is now ${now}; it was ${before}`;
  return `Your share ${change}. It counts for what is sold from now on, once you are a co-host.`;
};
