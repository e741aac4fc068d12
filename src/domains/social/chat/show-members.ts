import type { ChatKind } from '../../../generated/prisma/enums.ts';
import type { RoomEntry } from '../../../kernel/domain.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Showing } from '../../media/api.ts';
import { currentPointers } from './current-pointers.ts';
import { membersPage } from './member.reads.ts';
import { findPeople, unknownPerson } from './people.ts';

type Reader = Database | Transaction;

interface Wanted {
  showing: Showing;
  chatId: string;
  kind: ChatKind;
  cursor?: string | undefined;
  limit: number;
  /** What the log holds that may not be stored yet; read before this is called. */
  entries: RoomEntry[];
}

/** A page of a chat's members with their names and how far they have read. */
export const showMembers = async (reader: Reader, { chatId, kind, cursor, limit, entries, showing }: Wanted) => {
  const from = readCursor(cursor);
  const after = from && { joinedAt: from.at, userId: from.id };
  const rows = await membersPage(reader, { chatId, kind }, { after, limit: limit + 1 });
  const { items, nextCursor } = pageOf(rows, limit, ({ joinedAt, userId }) => ({ at: joinedAt, id: userId }));
  const people = await findPeople(
    reader,
    items.map(({ userId }) => userId),
    showing,
  );
  const stored = new Map(items.map(({ userId, lastReadSeq }): [string, number] => [userId, Number(lastReadSeq)]));
  const readTo = currentPointers(stored, entries);
  const members = items.map(({ userId, role, joinedAt }) => ({
    ...(people.get(userId) ?? unknownPerson(userId)),
    role,
    joinedAt: joinedAt.toISOString(),
    lastReadSeq: readTo.get(userId) ?? 0,
  }));
  return { items: members, nextCursor };
};
