import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'currency'>;

/** Whether money of this currency is taken here. */
export const isCurrencyInUse = async (reader: Reader, code: string): Promise<boolean> =>
  (await reader.currency.count({ where: { code, isActive: true } })) === 1;
