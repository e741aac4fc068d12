import type { Subscriber } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import { eventPublished } from '../../events/facts.ts';
import { chatOpened } from '../facts.ts';
import { chatIdOf, insertEventChat } from './event-chat.writes.ts';
import { moderatorsOf } from './event-team.steps.ts';
import { joinMembers } from './member.writes.ts';

interface Deps {
  database: Database;
  clock: Clock;
}

/** Opens the event's chat, once: the host owns it, who runs the event looks after it, attendees join as they book. */
export const onEventPublished = ({ database, clock }: Deps): Subscriber =>
  subscribeInTransaction(database, {
    name: 'social.openChatOfEvent',
    fact: eventPublished,
    run: async (tx, { eventId, hostId, title }) => {
      const now = clock.now();
      if (!(await insertEventChat(tx, { eventId, title, hostId, now }))) return;
      const chatId = chatIdOf(eventId);
      const moderators = await moderatorsOf(tx, eventId);
      await joinMembers(tx, { chatId, userIds: [hostId], role: 'OWNER', end: null, now });
      await joinMembers(tx, { chatId, userIds: moderators, role: 'MODERATOR', end: null, now });
      await recordFact(tx, chatOpened, { chatId, openedBy: hostId, memberIds: [hostId, ...moderators] });
    },
  });
