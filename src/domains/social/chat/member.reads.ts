import type { ChatKind, ChatRole } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'chatParticipant' | '$queryRaw'>;

/** Somebody's place in a chat. */
export interface Membership {
  chatId: string;
  userId: string;
  kind: ChatKind;
  role: ChatRole;
  /** Until then they may not write. */
  silencedUntil: Date | null;
  /** Of the chat. */
  slowModeSeconds: number;
}

/** The user's place in the chat, or null for who is no member. */
export const findMembership = async (reader: Reader, chatId: string, userId: string): Promise<Membership | null> => {
  const row = await reader.chatParticipant.findFirst({
    where: { chatId, userId, leftAt: null },
    select: { role: true, silencedUntil: true, chat: { select: { kind: true, slowModeSeconds: true } } },
    relationLoadStrategy: 'join',
  });
  if (!row) return null;
  const { role, silencedUntil, chat } = row;
  return { chatId, userId, role, silencedUntil, ...chat };
};

export const countMembers = (reader: Reader, chatId: string): Promise<number> =>
  reader.chatParticipant.count({ where: { chatId, leftAt: null } });

/** Those of the users who are members. */
export const membersAmong = async (reader: Reader, chatId: string, userIds: string[]): Promise<string[]> => {
  const rows = await reader.chatParticipant.findMany({
    where: { chatId, userId: { in: userIds }, leftAt: null },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
};

/** The ids of a chat's members, in their order. @param after the last one of the step before */
export const memberIdsAfter = async (
  reader: Pick<Transaction, 'chatParticipant'>,
  chatId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> => {
  const rows = await reader.chatParticipant.findMany({
    where: { chatId, leftAt: null, ...(after === null ? {} : { userId: { gt: after } }) },
    orderBy: { userId: 'asc' },
    take: limit,
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
};

/** The members of these chats, by chat. */
export const membersOf = async (
  reader: Pick<Transaction, 'chatParticipant'>,
  chatIds: string[],
): Promise<Map<string, string[]>> => {
  const rows = await reader.chatParticipant.findMany({
    where: { chatId: { in: chatIds }, leftAt: null },
    select: { chatId: true, userId: true },
  });
  const members = new Map<string, string[]>(chatIds.map((chatId) => [chatId, []]));
  for (const { chatId, userId } of rows) members.get(chatId)?.push(userId);
  return members;
};

/** Those of the users who are members, or were. */
export const everMembers = async (reader: Reader, chatId: string, userIds: string[]): Promise<string[]> => {
  const rows = await reader.chatParticipant.findMany({
    where: { chatId, userId: { in: userIds } },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
};

/** Those of the users who left a chat by their own choice and did not come back. */
export const leftAmong = async (reader: Reader, chatId: string, userIds: string[]): Promise<Set<string>> => {
  const rows = await reader.chatParticipant.findMany({
    where: { chatId, userId: { in: userIds }, leftAt: { not: null }, leftByChoice: true },
    select: { userId: true },
  });
  return new Set(rows.map(({ userId }) => userId));
};

/** How far these users have read, as it is stored; 0 for who is no member. */
export const storedPointers = async (reader: Reader, chatId: string, userIds: string[]) => {
  const rows = await reader.chatParticipant.findMany({
    where: { chatId, userId: { in: userIds } },
    select: { userId: true, lastReadSeq: true },
  });
  const none = userIds.map((userId): [string, number] => [userId, 0]);
  return new Map([...none, ...rows.map(({ userId, lastReadSeq }): [string, number] => [userId, Number(lastReadSeq)])]);
};

export interface MemberRow {
  userId: string;
  role: ChatRole;
  joinedAt: Date;
  lastReadSeq: bigint;
}

/** Members in the order in which they joined. @param after the last one of the page before */
export const membersPage = (
  reader: Reader,
  { chatId, kind }: Pick<Membership, 'chatId' | 'kind'>,
  { after, limit }: { after: { joinedAt: Date; userId: string } | null; limit: number },
): Promise<MemberRow[]> =>
  reader.chatParticipant.findMany({
    where: { chatId, ...present(kind), ...(after ? laterThan(after) : {}) },
    orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
    take: limit,
    select: { userId: true, role: true, joinedAt: true, lastReadSeq: true },
  });

/** A direct chat is between two people for good: who blocked the other is out of it, and still shown. */
const present = (kind: ChatKind) => (kind === 'DIRECT' ? {} : { leftAt: null });

const laterThan = ({ joinedAt, userId }: { joinedAt: Date; userId: string }) => ({
  joinedAt: { gte: joinedAt },
  OR: [{ joinedAt: { gt: joinedAt } }, { userId: { gt: userId } }],
});

/** Who takes over from an owner: the longest-standing moderator, else the longest-standing member; null when nobody is left. */
export const findSuccessor = async (reader: Reader, chatId: string): Promise<string | null> => {
  const row = await reader.chatParticipant.findFirst({
    where: { chatId, leftAt: null },
    // The enum's order is OWNER, MODERATOR, MEMBER.
    orderBy: [{ role: 'asc' }, { joinedAt: 'asc' }, { userId: 'asc' }],
    select: { userId: true },
  });
  return row?.userId ?? null;
};
