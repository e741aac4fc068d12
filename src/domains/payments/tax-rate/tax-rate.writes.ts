import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { lastRateOf, type StoredTaxRate } from './tax-rate.reads.ts';

/**
 * Brings a rate into force, and ends the one before at that moment.
 * @throws CONFLICT when a later one is planned already
 */
export const startTaxRate = async (
  tx: Transaction,
  rate: Omit<StoredTaxRate, 'id' | 'endsAt'>,
): Promise<{ started: StoredTaxRate; ended: StoredTaxRate | null }> => {
  const { kind, country, region, startsAt } = rate;
  // Of two at once the second waits here, and finds the first.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tax rates ${kind} ${country} ${region}`}, 0))`;
  const last = await lastRateOf(tx, { kind, country, region });
  if (last !== null && last.startsAt >= startsAt) {
    throw new AppError('CONFLICT', `A rate that begins at ${last.startsAt.toISOString()} is planned already.`);
  }
  const isOpen = last !== null && (last.endsAt === null || last.endsAt > startsAt);
  if (isOpen) await tx.taxRate.update({ where: { id: last.id }, data: { endsAt: startsAt }, select: { id: true } });
  const started = await tx.taxRate.create({ data: { id: newId(), ...rate } });
  return { started, ended: isOpen ? last : null };
};
