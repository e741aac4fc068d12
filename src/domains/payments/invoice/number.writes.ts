import type { Transaction } from '../../../platform/db/client.ts';

/** Holds a seller's numbers until the transaction ends: whoever else issues for this seller waits. */
export const holdNumbers = async (tx: Transaction, issuerId: string | null): Promise<void> => {
  const name = `invoice numbers of ${issuerId ?? 'the platform'}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
};

/** The next number of a series, from 1, without gaps: a transaction that is rolled back has taken none. */
export const nextNumber = async (tx: Transaction, series: string): Promise<number> => {
  const { _max } = await tx.invoice.aggregate({ where: { series }, _max: { number: true } });
  return (_max.number ?? 0) + 1;
};
