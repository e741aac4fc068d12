import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { eventTeam } from '../../events/api.ts';
import { hostChanged, hostJoined } from '../../events/facts.ts';
import { memberAdded } from '../facts.ts';
import { findChat } from './chat.reads.ts';
import { lockMembership } from './chat.writes.ts';
import { chatIdOf } from './event-chat.writes.ts';
import { moderates } from './event-team.ts';
import { joinMembers } from './member.writes.ts';

interface Deps {
  database: Database;
  clock: Clock;
}

/** Brings who now runs an event into its chat, if it has one and they still do: facts may come late. */
export const onHostJoined = (deps: Deps): Subscriber[] => [
  subscribe({
    name: 'social.bringHostIntoChatOfEvent',
    fact: hostJoined,
    run: (place) => bringIn(deps, place),
  }),
  subscribe({
    name: 'social.bringChangedHostIntoChatOfEvent',
    fact: hostChanged,
    run: (place) => bringIn(deps, place),
  }),
];

interface Place {
  eventId: string;
  hostId: string;
  userId: string;
}

const bringIn = ({ database, clock }: Deps, { eventId, hostId, userId }: Place): Promise<void> =>
  database.$transaction(async (tx) => {
    const chatId = chatIdOf(eventId);
    await lockMembership(tx, chatId);
    const team = await eventTeam(tx, eventId);
    const isNeeded = team.some((member) => member.userId === userId && moderates(member));
    if (!isNeeded || !(await findChat(tx, chatId))) return;
    const added = await joinMembers(tx, { chatId, userIds: [userId], role: 'MODERATOR', now: clock.now() });
    if (added.length > 0) await recordFact(tx, memberAdded, { chatId, addedBy: hostId, userIds: added });
  });
