import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Draft, RoomLog } from '../../../platform/rooms/log.ts';
import { announced } from '../event/contract.ts';
import { appendToEvent } from '../event/tell-room.ts';
import { updatePublished } from '../facts.ts';
import { toTime } from '../times.rules.ts';
import { findUpdate, publishedAtOf, recipientsOf, type UpdateRow } from './event-update.reads.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

/** People told at the same time. */
const AT_ONCE = 50;

/**
 * Tells what the team published. What is for everyone goes into the event's room; what is for some goes into the rooms of
 * those alone, for everyone who may see the event may watch its room. What was taken back since is told no more.
 */
export const onUpdatePublished = ({ database, rooms }: Deps): Subscriber =>
  subscribe({
    name: 'events.announceUpdate',
    fact: updatePublished,
    run: async ({ eventId, updateId }, factId) => {
      const update = await findUpdate(database, eventId, updateId);
      if (!update) return;
      const draft = { id: factId, by: update.authorId, signal: announced.name, data: announcementOf(update) };
      if (update.audience === 'PUBLIC') return appendToEvent(rooms, eventId, draft);
      await tellPeople({ database, rooms }, { eventId, audience: update.audience, draft });
    },
  });

const announcementOf = (update: UpdateRow) => ({
  eventId: update.eventId,
  updateId: update.id,
  kind: update.kind,
  title: update.title,
  body: update.body,
  isPinned: update.isPinned,
  publishedAt: toTime(publishedAtOf(update)),
});

interface Telling {
  eventId: string;
  audience: Exclude<UpdateRow['audience'], 'PUBLIC'>;
  draft: Draft;
}

const tellPeople = async ({ database, rooms }: Deps, { eventId, audience, draft }: Telling): Promise<void> => {
  let after: string | null = null;
  for (;;) {
    const people: string[] = await recipientsOf(database, { eventId, audience, after, limit: AT_ONCE });
    await Promise.all(people.map((userId) => rooms.append(`user:${userId}`, draft).catch(passOverClosedAccount)));
    after = people.at(-1) ?? null;
    if (people.length < AT_ONCE) return;
  }
};

/** Who has closed their account has no room any more, and nobody in it. */
const passOverClosedAccount = (error: unknown): void => {
  if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
};
