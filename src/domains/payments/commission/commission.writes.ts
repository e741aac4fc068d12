import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { type StoredCommission, targetOf } from './list.reads.ts';

export interface CommissionStart
  extends Omit<StoredCommission, 'id' | 'eventId' | 'hostId' | 'categoryId' | 'createdAt'> {
  /** The event, host or category; null for GLOBAL. */
  targetId: string | null;
}

/**
 * Brings a rule into force, and ends the one of the same target and currency that is in force then.
 * @throws CONFLICT when it would overlap one that is planned
 */
export const startCommission = async (
  tx: Transaction,
  { targetId, ...rule }: CommissionStart,
): Promise<{ started: StoredCommission; ended: StoredCommission | null }> => {
  const { scope, currency, startsAt, endsAt } = rule;
  const about = { scope, currency, ...targetOf(scope, targetId) };
  // Of two at once the second waits here, and finds the first.
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`commission ${scope} ${targetId} ${currency}`}, 0))`;
  const current = await tx.commissionConfig.findFirst({
    where: { ...about, startsAt: { lt: startsAt }, OR: [{ endsAt: null }, { endsAt: { gt: startsAt } }] },
  });
  const planned = await tx.commissionConfig.findFirst({
    where: { ...about, startsAt: { gte: startsAt, ...(endsAt === null ? {} : { lt: endsAt }) } },
  });
  if (planned !== null) {
    throw new AppError('CONFLICT', `A rule that begins at ${planned.startsAt.toISOString()} is planned already.`);
  }
  if (current !== null) {
    await tx.commissionConfig.update({ where: { id: current.id }, data: { endsAt: startsAt }, select: { id: true } });
  }
  const started = await tx.commissionConfig.create({ data: { id: newId(), ...rule, ...about } });
  return { started, ended: current };
};
