import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import { findMembership } from './member.reads.ts';
import { messagesNow } from './messages-now.reads.ts';
import { findPeople } from './people.ts';
import { pinsOf } from './pin.reads.ts';
import { pins } from './pins/contract.ts';
import { presentMessages } from './present.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** The messages at the top of a chat, as its log has them now. */
export const listPins = (deps: Deps) =>
  handle(pins, {
    load: ({ chatId }, { actor }) => findMembership(deps.database, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId }, _membership, { actor, now }) => {
      const { database, pictures } = deps;
      const pinned = await pinsOf(database, chatId);
      const seqs = pinned.map(({ seq }) => seq);
      const views = await messagesNow(deps, { chatId, viewerId: actor.userId, seqs });
      const there = [...views.values()].filter(({ message }) => message.deletedAtMs === null);
      const shown = await presentMessages(database, there, { pictures, now });
      const messages = new Map(shown.map((message) => [message.seq, message]));
      const named = [...shown.map(({ senderId }) => senderId), ...pinned.flatMap(({ pinnedBy }) => pinnedBy ?? [])];
      const people = await findPeople(database, named, { pictures, now });
      const items = pinned.flatMap(({ seq, pinnedBy, pinnedAt }) => {
        const message = messages.get(seq);
        return message ? [{ message, pinnedBy, pinnedAt: pinnedAt.toISOString() }] : [];
      });
      return { items, people: [...people.values()] };
    },
  });
