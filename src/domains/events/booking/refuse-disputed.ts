import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { takenByBank } from '../../payments/api.ts';
import type { BookingRecord } from './booking.rules.ts';

/** @throws CONFLICT while the payer's bank wants back all that was paid for a booking: its tickets are suspended */
export const refuseDisputed = async (
  reader: Pick<Transaction, 'payment' | 'dispute'>,
  { price }: Pick<BookingRecord, 'price'>,
): Promise<void> => {
  if (price.paidBy === undefined || (await takenByBank(reader, price.paidBy)) === 'NOTHING') return;
  throw new AppError('CONFLICT', 'The payment is disputed: its tickets are suspended until that is decided.');
};
