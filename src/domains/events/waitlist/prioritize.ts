import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { prioritize } from './contract.ts';
import { holdEntry } from './lock.steps.ts';
import { canManageWaitlist, canSeeEntry } from './policy.ts';
import { presentEntry } from './present.ts';
import { findEntries } from './waitlist.reads.ts';
import { setPriority } from './waitlist.writes.ts';

/** Moves an entry among the waiting. */
export const prioritizeEntry = () =>
  commit(prioritize, {
    load: ({ entryId }, { tx, actor }) => holdEntry(tx, entryId, actor),
    sees: canSeeEntry,
    allow: canManageWaitlist,
    run: async ({ entryId, priority }, { entry }, { tx, audit }) => {
      if (!(await setPriority(tx, entryId, priority))) throw new AppError('CONFLICT', `The entry is ${entry.status}.`);
      audit({
        targetType: 'waitlistEntry',
        targetId: entryId,
        before: { priority: entry.priority },
        after: { priority },
      });
      const [after] = await findEntries(tx, { id: entryId });
      return presentEntry(after ?? entry);
    },
  });
