import { invalidField } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { blockedAmong } from '../../identity/api.ts';
import type { Pictured } from '../../media/api.ts';
import { reactors } from './looking/contract.ts';
import { findMembership } from './member.reads.ts';
import { messagesNow } from './messages-now.reads.ts';
import { findPeople, unknownPerson } from './people.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** Who reacted to a message, as its log has it now. */
export const listReactors = (deps: Deps) =>
  handle(reactors, {
    load: async ({ chatId, seq }, { actor }) => {
      const membership = await findMembership(deps.database, chatId, actor.userId);
      return membership && ((await messagesNow(deps, { chatId, viewerId: null, seqs: [seq] })).get(seq) ?? null);
    },
    allow: anyone,
    run: async ({ emoji, cursor, limit }, view, { actor, now }) => {
      const { database, pictures } = deps;
      const after = cursor === undefined ? '' : keyIn(cursor);
      const rows = [...view.reactors].map(readKey).filter((row) => emoji === undefined || row.emoji === emoji);
      const blocked = await blockedAmong(database, actor.userId, [...new Set(rows.map(({ userId }) => userId))]);
      const shown = rows.filter(({ key, userId }) => key > after && !blocked.has(userId)).sort(byKey);
      const { items, nextCursor } = pageBy(shown, limit, ({ key }) => Buffer.from(key).toString('base64url'));
      const userIds = items.map(({ userId }) => userId);
      const people = await findPeople(database, userIds, { pictures, now });
      return {
        items: items.map((row) => ({ emoji: row.emoji, person: people.get(row.userId) ?? unknownPerson(row.userId) })),
        nextCursor,
      };
    },
  });

/** Reads what `reactorKey` made. */
const readKey = (key: string) => {
  const at = key.indexOf(' ');
  return { key, emoji: key.slice(0, at), userId: key.slice(at + 1) };
};

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

/** @throws INVALID_INPUT for what is no nextCursor */
const keyIn = (cursor: string): string => {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (!/^\S+ [0-9a-f-]{36}$/.test(key)) throw invalidField('cursor', 'must be a nextCursor');
  return key;
};
