import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { hostChanged, hostJoined } from '../../events/facts.ts';
import { memberAdded } from '../facts.ts';
import { findChat } from './chat.reads.ts';
import { lockMembership } from './chat.writes.ts';
import { chatIdOf } from './event-chat.writes.ts';
import { moderatorsOf } from './event-team.steps.ts';
import { joinMembers, raiseToModerators } from './member.writes.ts';
import { roomOf } from './room-name.rules.ts';
import { memberJoined } from './signals/contract.ts';

interface Deps {
  database: Database;
  clock: Clock;
  rooms: Pick<RoomLog, 'append' | 'position'>;
}

/**
 * Brings who now runs an event into its chat, or has them look after it when a ticket brought them in before; if it has
 * one and they still do: facts may come late.
 */
export const onHostJoined = (deps: Deps): Subscriber[] => [
  subscribe({
    name: 'social.bringHostIntoChatOfEvent',
    fact: hostJoined,
    run: (place, factId) => takePlace(deps, place, factId),
  }),
  subscribe({
    name: 'social.bringChangedHostIntoChatOfEvent',
    fact: hostChanged,
    run: (place, factId) => takePlace(deps, place, factId),
  }),
];

interface Place {
  eventId: string;
  hostId: string;
  userId: string;
}

interface Bringing {
  tx: Transaction;
  rooms: Pick<RoomLog, 'position'>;
}

const takePlace = async ({ database, clock, rooms }: Deps, place: Place, factId: string): Promise<void> => {
  const raised = await boundTransaction(database, (tx) => bringIn({ tx, rooms }, place, clock.now()));
  if (raised.length === 0) return;
  const chatId = chatIdOf(place.eventId);
  // With this entry every node looks at their place anew; of a repeat its id makes it the first one.
  const data = { chatId, userIds: raised };
  await rooms.append(roomOf(chatId), { id: factId, signal: memberJoined.name, data, affects: raised });
};

/** @returns those who were members already, and look after the chat now */
const bringIn = async ({ tx, rooms }: Bringing, { eventId, hostId, userId }: Place, now: Date): Promise<string[]> => {
  const chatId = chatIdOf(eventId);
  await lockMembership(tx, chatId);
  const isNeeded = (await moderatorsOf(tx, eventId)).includes(userId);
  if (!isNeeded || !(await findChat(tx, chatId))) return [];
  const end = await rooms.position(roomOf(chatId));
  const added = await joinMembers(tx, { chatId, userIds: [userId], role: 'MODERATOR', end, now });
  if (added.length === 0) return raiseToModerators(tx, chatId, [userId]);
  await recordFact(tx, memberAdded, { chatId, addedBy: hostId, userIds: added });
  return [];
};
