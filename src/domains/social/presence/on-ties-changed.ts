import type { FactContract, PayloadOf } from '../../../kernel/contract.ts';
import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { bookingCancelled, bookingConfirmed, ticketTransferred } from '../../events/facts.ts';
import { blockCreated, blockRemoved } from '../../identity/facts.ts';
import { roomOf } from '../chat/room-name.rules.ts';
import { chatClosed, chatOpened, memberAdded, memberRemoved } from '../facts.ts';

interface Deps {
  presence: Pick<Presence, 'people'>;
}

/** Makes a subscriber that has every node decide again what the people, and rooms, of a fact may see and who may see them. */
const decidesAgainOn =
  ({ presence }: Deps) =>
  <F extends FactContract>(name: string, fact: F, namesIn: (payload: PayloadOf<F>) => (string | null)[]): Subscriber =>
    subscribe({
      name,
      fact,
      urgency: 'AT_ONCE',
      run: (payload) => presence.people.decideAgain(namesIn(payload).flatMap((named) => named ?? [])),
    });

/** Who has blocked whom, or shares a chat or an event with whom, has changed. */
export const onTiesChanged = (deps: Deps): Subscriber[] => {
  const on = decidesAgainOn(deps);
  return [
    on('social.decidePresenceAfterBlock', blockCreated, ({ blockerId }) => [blockerId]),
    on('social.decidePresenceAfterUnblock', blockRemoved, ({ blockerId }) => [blockerId]),
    on('social.decidePresenceInOpenedChat', chatOpened, ({ memberIds }) => memberIds),
    on('social.decidePresenceOfAddedMembers', memberAdded, ({ chatId, userIds }) => [...userIds, roomOf(chatId)]),
    on('social.decidePresenceOfRemovedMember', memberRemoved, ({ chatId, userId }) => [userId, roomOf(chatId)]),
    on('social.decidePresenceInClosedChat', chatClosed, ({ userIds }) => userIds),
    on('social.decidePresenceOfTicketHolders', bookingConfirmed, ({ userIds }) => userIds),
    on('social.decidePresenceOfFormerHolders', bookingCancelled, ({ userIds }) => userIds),
    on('social.decidePresenceOfNewHolder', ticketTransferred, ({ fromUserId, toUserId }) => [fromUserId, toUserId]),
  ];
};
