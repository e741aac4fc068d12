import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { resolveBreak } from '../break/break.writes.ts';
import { findBreak, hasJournal } from './break.reads.ts';
import { resolve } from './contract.ts';
import { presentBreak } from './present.ts';

/** Somebody has looked at it. */
export const resolveReconciliationBreak = () =>
  commit(resolve, {
    load: ({ breakId }, { tx }) => findBreak(tx, breakId),
    allow: anyone,
    run: async ({ breakId, note, journalId = null }, found, { tx, actor, now, audit }) => {
      if (journalId !== null && !(await hasJournal(tx, journalId))) {
        throw new AppError('NOT_FOUND', 'journalId: there is no such journal.');
      }
      const status = journalId === null ? 'EXPLAINED' : 'CORRECTED';
      if (!(await resolveBreak(tx, { id: breakId, status, note, journalId, resolvedById: actor.userId, now }))) {
        throw new AppError('CONFLICT', 'This difference was closed before.');
      }
      audit({ targetType: 'reconciliation_break', targetId: breakId, after: { status, note } });
      return presentBreak((await findBreak(tx, breakId)) ?? found);
    },
  });
