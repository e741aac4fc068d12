import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { decline } from './contract.ts';
import { endEntry } from './end-entry.steps.ts';
import { holdEntry } from './lock.steps.ts';
import { canSeeEntry, isOwnEntry } from './policy.ts';
import { presentEntry } from './present.ts';

/** Turns the open offer down. */
export const declineOffer = () =>
  commit(decline, {
    load: ({ entryId }, { tx, actor }) => holdEntry(tx, entryId, actor),
    sees: canSeeEntry,
    allow: isOwnEntry,
    run: async (_input, { entry, stock }, { tx, record, audit }) => {
      const isOpen =
        entry.offerStatus === 'OFFERED' && entry.offerExpiresAt !== null && entry.offerExpiresAt > stock.now;
      if (!isOpen) throw new AppError('OFFER_EXPIRED', 'There is no open offer.');
      const after = await endEntry({ tx, record }, entry, { to: 'LEFT', offer: 'DECLINED' });
      audit({
        targetType: 'waitlistEntry',
        targetId: entry.id,
        before: { status: entry.status },
        after: { status: after.status },
      });
      return presentEntry(after);
    },
  });
