import type { BlockRow } from './block.reads.ts';

/** A block as its maker is shown it. */
export const presentBlock = ({ blockedId, kind, reason, expiresAt, createdAt }: BlockRow) => ({
  userId: blockedId,
  kind,
  reason,
  expiresAt: expiresAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
