import type { Transaction } from '../../../platform/db/client.ts';

interface EventChat {
  eventId: string;
  title: string;
  hostId: string;
  now: Date;
}

/** A title of an event is longer than a chat's may be. */
const MAX_TITLE_LENGTH = 100;

/** Gives the title of an event's chat. */
export const titleOfEventChat = (title: string): string => title.slice(0, MAX_TITLE_LENGTH);

/** The chat of an event has the event's own id: there can be no second one. */
export const chatIdOf = (eventId: string): string => eventId;

/** @returns false when the event has its chat already */
export const insertEventChat = async (
  tx: Transaction,
  { eventId, title, hostId, now }: EventChat,
): Promise<boolean> => {
  const inserted = await tx.$executeRaw`
    INSERT INTO chats (id, kind, title, event_id, created_by, created_at)
    VALUES (${chatIdOf(eventId)}::uuid, 'EVENT', ${titleOfEventChat(title)}, ${eventId}::uuid, ${hostId}::uuid, ${now}::timestamptz)
    ON CONFLICT (id) DO NOTHING`;
  return inserted === 1;
};
