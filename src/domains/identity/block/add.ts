import type { InputOf } from '../../../kernel/contract.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { accountsAmong } from '../account/account.reads.ts';
import { blockCreated, blockRemoved } from '../facts.ts';
import { countBlocks, findBlock } from './block.reads.ts';
import { saveBlock } from './block.writes.ts';
import { add, changed, MAX_BLOCKS } from './contract.ts';
import { presentBlock } from './present.ts';

interface Deps {
  sockets: Pick<Sockets, 'tellUser'>;
}

/**
 * Blocks or mutes a person. An account that is closed, or that has blocked the caller, may be blocked as any other: a refusal
 * would tell the two cases apart.
 */
export const addBlock = ({ sockets }: Deps) =>
  commit(add, {
    load: async ({ userId }, { tx }) => ((await accountsAmong(tx, [userId])).has(userId) ? true : null),
    allow: anyone,
    run: async (input, _account, { tx, actor, now, record, audit, afterCommit }) => {
      const { userId: blockedId, kind, reason = '' } = input;
      const blockerId = actor.userId;
      if (blockedId === blockerId) throw invalidField('userId', 'is you');
      const expiresAt = endOf(input, now);
      const earlier = await findBlock(tx, blockerId, blockedId);
      if (!earlier && (await countBlocks(tx, blockerId)) >= MAX_BLOCKS) throw tooMany();
      await saveBlock(tx, { blockerId, blockedId, kind, reason: reason === '' ? null : reason, expiresAt, now });
      if (earlier && earlier.kind !== kind) await record(blockRemoved, { blockerId, blockedId, kind: earlier.kind });
      if (earlier?.kind !== kind) await record(blockCreated, { blockerId, blockedId, kind });
      audit({ targetType: 'user', targetId: blockedId, before: { kind: earlier?.kind ?? null }, after: { kind } });
      afterCommit(async () => sockets.tellUser(blockerId, changed, { userId: blockedId, kind }));
      const saved = await findBlock(tx, blockerId, blockedId);
      if (!saved) throw new Error(`the block of ${blockedId} was written and is gone`);
      return presentBlock(saved);
    },
  });

/** @throws INVALID_INPUT for an end in the past, and for a block with an end */
const endOf = ({ kind, expiresAt }: InputOf<typeof add>, now: Date): Date | null => {
  if (expiresAt === undefined) return null;
  if (kind === 'BLOCK') throw invalidField('expiresAt', 'is for a MUTE only: a block stays until it is taken back');
  const end = new Date(expiresAt);
  if (end <= now) throw invalidField('expiresAt', 'must lie in the future');
  return end;
};

const tooMany = (): AppError => new AppError('CONFLICT', `An account has ${MAX_BLOCKS} blocks and mutes at most.`);
