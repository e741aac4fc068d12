import { commit } from '../../../platform/db/commit.ts';
import { leave } from './contract.ts';
import { endEntry } from './end-entry.steps.ts';
import { holdEntry } from './lock.steps.ts';
import { canSeeEntry, isOwnEntry } from './policy.ts';
import { presentEntry } from './present.ts';

/** Gives the own place up; an open offer with it. */
export const leaveWaitlist = () =>
  commit(leave, {
    load: ({ entryId }, { tx, actor }) => holdEntry(tx, entryId, actor),
    sees: canSeeEntry,
    allow: isOwnEntry,
    run: async (_input, { entry }, { tx, record, audit }) => {
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
