import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { blockRemoved } from '../facts.ts';
import { findBlock } from './block.reads.ts';
import { deleteBlock } from './block.writes.ts';
import { changed, remove } from './contract.ts';

interface Deps {
  sockets: Pick<Sockets, 'tellUser'>;
}

/** Takes back a block or mute of the caller's. */
export const removeBlock = ({ sockets }: Deps) =>
  commit(remove, {
    load: async ({ userId }, { tx, actor }) => ({ block: await findBlock(tx, actor.userId, userId) }),
    allow: anyone,
    run: async ({ userId: blockedId }, { block }, { tx, actor, record, audit, afterCommit }) => {
      if (!block) return { removed: false };
      const blockerId = actor.userId;
      await deleteBlock(tx, blockerId, blockedId);
      await record(blockRemoved, { blockerId, blockedId, kind: block.kind });
      audit({ targetType: 'user', targetId: blockedId, before: { kind: block.kind }, after: { kind: null } });
      afterCommit(async () => sockets.tellUser(blockerId, changed, { userId: blockedId, kind: null }));
      return { removed: true };
    },
  });
