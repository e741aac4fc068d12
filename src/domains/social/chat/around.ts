import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import { logEnd, readSpan } from './history-page.reads.ts';
import { around } from './looking/contract.ts';
import { findMembership } from './member.reads.ts';
import { findPeople } from './people.ts';
import { presentMessages } from './present.ts';
import { roomOf } from './room-name.rules.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable' | 'position'>;
}

/** The messages before and after a place, itself among the older half. */
export const readAround = ({ database, rooms, pictures }: Deps) =>
  handle(around, {
    load: ({ chatId }, { actor }) => findMembership(database, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId, seq, limit }, _membership, { actor, now }) => {
      const { position, entries } = await logEnd(rooms, roomOf(chatId));
      const wanted = { chatId, viewerId: actor.userId, entries };
      const olderLimit = Math.ceil(limit / 2);
      const olderSpan = { after: 0, before: seq + 1, from: 'newest' } as const;
      const older = await readSpan(database, { ...wanted, span: olderSpan, limit: olderLimit });
      const newerSpan = { after: seq, before: Number.MAX_SAFE_INTEGER, from: 'oldest' } as const;
      const newerLimit = limit - olderLimit;
      const newer = await readSpan(database, { ...wanted, span: newerSpan, limit: newerLimit });
      const items = [...older.items, ...newer.items];
      const senderIds = items.map(({ message }) => message.senderId);
      const people = await findPeople(database, senderIds, { pictures, now });
      return {
        items: await presentMessages(database, items, { pictures, now }),
        before: older.hasMore ? (items[0]?.message.seq ?? null) : null,
        after: newer.hasMore ? (items.at(-1)?.message.seq ?? null) : null,
        position: { epoch: position.epoch, seq: position.seq },
        people: [...people.values()],
      };
    },
  });
