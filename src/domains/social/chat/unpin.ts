import { commit } from '../../../platform/db/commit.ts';
import { pinChanged } from '../facts.ts';
import { holdMembership } from './group.steps.ts';
import { unpin as deletePins } from './pin.writes.ts';
import { unpin } from './pins/contract.ts';
import { canPin } from './policy.ts';

/** Takes a message from the top of its chat. */
export const unpinMessage = () =>
  commit(unpin, {
    load: async ({ chatId }, { tx, actor }) => {
      const membership = await holdMembership(tx, chatId, actor.userId);
      return membership && { membership };
    },
    allow: canPin,
    run: async ({ chatId, seq }, _subject, { tx, actor, record, audit }) => {
      if ((await deletePins(tx, [{ chatId, seq }])) === 0) return { seq, pinned: false };
      await record(pinChanged, { chatId, seq, pinned: false, changedBy: actor.userId });
      audit({ targetType: 'chat', targetId: chatId, before: { pinned: seq } });
      return { seq, pinned: false };
    },
  });
