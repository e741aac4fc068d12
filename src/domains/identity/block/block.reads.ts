import type { BlockKind } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';

type Reader = Pick<Transaction, 'block'>;

const BLOCK = { blockedId: true, kind: true, reason: true, expiresAt: true, createdAt: true } as const;

/** Leaves out mutes that have ended. */
const live = (now: Date) => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

/**
 * A condition on accounts, for Prisma: neither of the two has blocked the other. `isOpenTo` of the profile says the same in SQL.
 * @param viewerId whoever looks
 */
export const notBlockedFor = (viewerId: string) => ({
  blocksMade: { none: { blockedId: viewerId, kind: 'BLOCK' as const } },
  blocksReceived: { none: { blockerId: viewerId, kind: 'BLOCK' as const } },
});

/** Those of the others between whom and the person stands a block, made by either of the two. */
export const blockedAmong = async (
  reader: Reader,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => {
  if (otherIds.length === 0) return new Set();
  const ids = [...otherIds];
  const rows = await reader.block.findMany({
    where: {
      kind: 'BLOCK',
      OR: [
        { blockerId: userId, blockedId: { in: ids } },
        { blockedId: userId, blockerId: { in: ids } },
      ],
    },
    select: { blockerId: true, blockedId: true },
  });
  return new Set(rows.map(({ blockerId, blockedId }) => (blockerId === userId ? blockedId : blockerId)));
};

/** Whether nothing is told to a person of what another does: they muted the other, or a block stands between the two. */
export const isKeptAway = async (
  reader: Reader,
  { userId, otherId, now }: { userId: string; otherId: string; now: Date },
): Promise<boolean> => {
  const found = await reader.block.findFirst({
    where: {
      OR: [
        { blockerId: userId, blockedId: otherId, ...live(now) },
        { blockerId: otherId, blockedId: userId, kind: 'BLOCK' },
      ],
    },
    select: { kind: true },
  });
  return found !== null;
};

/** Whether a person has blocked another. */
export const hasBlocked = async (
  reader: Reader,
  { blockerId, blockedId }: { blockerId: string; blockedId: string },
): Promise<boolean> => (await findBlock(reader, blockerId, blockedId))?.kind === 'BLOCK';

/** A person's own block or mute of another; null without one. */
export const findBlock = (reader: Reader, blockerId: string, blockedId: string) =>
  reader.block.findUnique({ where: { blockerId_blockedId: { blockerId, blockedId } }, select: BLOCK });

export const countBlocks = (reader: Reader, blockerId: string): Promise<number> =>
  reader.block.count({ where: { blockerId } });

interface Wanted {
  kind: BlockKind | undefined;
  now: Date;
  after: Place | null;
  limit: number;
}

/** A person's own blocks and mutes, the latest first. */
export const blocksPage = (reader: Reader, blockerId: string, { kind, now, after, limit }: Wanted) =>
  reader.block.findMany({
    where: { blockerId, ...(kind === undefined ? {} : { kind }), AND: [live(now), after ? before(after) : {}] },
    orderBy: [{ createdAt: 'desc' }, { blockedId: 'desc' }],
    take: limit,
    select: BLOCK,
  });

const before = ({ at, id }: Place) => ({
  OR: [{ createdAt: { lt: at } }, { createdAt: at, blockedId: { lt: id } }],
});

export type BlockRow = NonNullable<Awaited<ReturnType<typeof findBlock>>>;

/** Those of the others who have blocked the person. */
export const blockedBy = async (reader: Reader, userId: string, otherIds: readonly string[]): Promise<Set<string>> => {
  const rows = await reader.block.findMany({
    where: { blockedId: userId, blockerId: { in: [...otherIds] }, kind: 'BLOCK' },
    select: { blockerId: true },
  });
  return new Set(rows.map(({ blockerId }) => blockerId));
};
