import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'chatLink' | 'chatJoinRequest' | 'chatParticipant'>;

const LINK = { id: true, createdAt: true, expiresAt: true, maxUses: true, uses: true } as const;

/** Links that are neither revoked, over nor used up; the last is for `hasUsesLeft` to say. */
const open = (now: Date) => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

const hasUsesLeft = ({ uses, maxUses }: { uses: number; maxUses: number | null }): boolean =>
  maxUses === null || uses < maxUses;

/** The links into a group that can be used, the latest first. */
export const openLinks = async (reader: Reader, chatId: string, now: Date) => {
  const rows = await reader.chatLink.findMany({
    where: { chatId, ...open(now) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: LINK,
  });
  return rows.filter(hasUsesLeft);
};

/** The link with this token and its group, or null for one that does not open anything at this moment. */
export const findOpenLink = async (reader: Reader, tokenHash: string, now: Date) => {
  const row = await reader.chatLink.findFirst({
    where: { tokenHash, ...open(now), chat: { kind: 'GROUP', joinPolicy: { not: 'CLOSED' } } },
    select: { ...LINK, chatId: true },
  });
  return row && hasUsesLeft(row) ? row : null;
};

/** How somebody stands to a group: in it, asking, declined, or removed from it by others. */
export const findJoinStanding = async (reader: Reader, chatId: string, userId: string) => {
  const member = await reader.chatParticipant.findUnique({
    where: { chatId_userId: { chatId, userId } },
    select: { leftAt: true, leftByChoice: true },
  });
  const request = await reader.chatJoinRequest.findUnique({
    where: { chatId_userId: { chatId, userId } },
    select: { status: true },
  });
  const isMember = member !== null && member.leftAt === null;
  const wasRemoved = member !== null && member.leftAt !== null && !member.leftByChoice;
  return { isMember, wasRemoved, request: request?.status ?? null };
};

export type JoinStanding = Awaited<ReturnType<typeof findJoinStanding>>;
