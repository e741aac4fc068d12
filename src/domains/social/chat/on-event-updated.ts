import type { Subscriber } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import { headlines } from '../../events/api.ts';
import { eventUpdated } from '../../events/facts.ts';
import { chatUpdated } from '../facts.ts';
import { findChat } from './chat.reads.ts';
import { chatIdOf, titleOfEventChat } from './event-chat.writes.ts';
import { updateChat } from './settings.writes.ts';

/** Fields of an event that its chat shows. */
const SHOWN: ReadonlySet<string> = new Set(['title', 'coverAssetId']);

/** Has the chat of an event show the event's title and picture as they are now. */
export const onEventUpdated = ({ database }: { database: Database }): Subscriber =>
  subscribeInTransaction(database, {
    name: 'social.renameChatOfEvent',
    fact: eventUpdated,
    run: async (tx, { eventId, changed, updatedBy }) => {
      if (!changed.some((field) => SHOWN.has(field))) return;
      const chatId = chatIdOf(eventId);
      const chat = await findChat(tx, chatId);
      const event = (await headlines(tx, [eventId])).get(eventId);
      if (!chat || !event) return;
      const title = titleOfEventChat(event.title);
      const { coverAssetId: avatarAssetId } = event;
      if (title === chat.title && avatarAssetId === (chat.avatarAsset?.id ?? null)) return;
      await updateChat(tx, chatId, { title, avatarAssetId });
      await recordFact(tx, chatUpdated, { chatId, updatedBy });
    },
  });
