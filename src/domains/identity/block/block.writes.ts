import type { BlockKind } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

interface Blocking {
  blockerId: string;
  blockedId: string;
  kind: BlockKind;
  reason: string | null;
  expiresAt: Date | null;
  now: Date;
}

/** Writes a block or mute in the place of the one there was; when it was first made stays. */
export const saveBlock = async (tx: Transaction, { blockerId, blockedId, now, ...block }: Blocking): Promise<void> => {
  await tx.block.upsert({
    where: { blockerId_blockedId: { blockerId, blockedId } },
    create: { blockerId, blockedId, ...block, createdAt: now },
    update: block,
    select: { kind: true },
  });
};

export const deleteBlock = async (tx: Transaction, blockerId: string, blockedId: string): Promise<void> => {
  await tx.block.deleteMany({ where: { blockerId, blockedId } });
};
