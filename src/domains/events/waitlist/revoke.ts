import { commit } from '../../../platform/db/commit.ts';
import { revoke } from './contract.ts';
import { endEntry } from './end-entry.steps.ts';
import { holdEntry } from './lock.steps.ts';
import { canManageWaitlist, canSeeEntry } from './policy.ts';
import { presentEntry } from './present.ts';

/** Takes an entry off the list; it is not served again by itself. */
export const revokeEntry = () =>
  commit(revoke, {
    load: ({ entryId }, { tx, actor }) => holdEntry(tx, entryId, actor),
    sees: canSeeEntry,
    allow: canManageWaitlist,
    run: async (_input, { entry }, { tx, record, audit }) => {
      const after = await endEntry({ tx, record }, entry, { to: 'REVOKED', offer: 'REVOKED' });
      audit({
        targetType: 'waitlistEntry',
        targetId: entry.id,
        before: { status: entry.status },
        after: { status: after.status },
      });
      return presentEntry(after);
    },
  });
