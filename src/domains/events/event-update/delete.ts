import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canManage, canSeeEvent } from '../event/policy.ts';
import { remove } from './contract.ts';
import { showUpdate } from './event-update.reads.ts';
import { retractUpdate } from './event-update.writes.ts';
import { findUpdateSubject } from './subject.ts';

/** Takes an update back. */
export const deleteUpdate = () =>
  commit(remove, {
    load: (address, { tx, actor }) => findUpdateSubject(tx, address, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canManage(standing),
    run: async ({ updateId }, { update }, { tx, now, audit }) => {
      if (!(await retractUpdate(tx, updateId, now))) throw new AppError('CONFLICT', 'It has just been taken back.');
      audit({ targetType: 'eventUpdate', targetId: updateId, before: showUpdate(update), after: { deletedAt: now } });
      return { updateId };
    },
  });
