import { commit } from '../../../platform/db/commit.ts';
import { canManage, canSeeEvent } from '../event/policy.ts';
import { pin } from './contract.ts';
import { showUpdate } from './event-update.reads.ts';
import { setPinned } from './event-update.writes.ts';
import { findUpdateSubject } from './subject.ts';

/** Pins an update, or takes the pin away. */
export const pinUpdate = () =>
  commit(pin, {
    load: (address, { tx, actor }) => findUpdateSubject(tx, address, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canManage(standing),
    run: async ({ updateId, isPinned }, { update }, { tx, audit }) => {
      const row = await setPinned(tx, updateId, isPinned);
      const before = { isPinned: update.isPinned };
      audit({ targetType: 'eventUpdate', targetId: updateId, before, after: { isPinned } });
      return showUpdate(row);
    },
  });
