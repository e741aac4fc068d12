import { AppError } from '../../../kernel/errors.ts';
import { type BookingRecord, HOLDING, isDeadHold } from './booking.rules.ts';

/**
 * Only seats that are held are paid for.
 * @throws HOLD_EXPIRED, CONFLICT
 */
export const refuseUnpayable = (booking: Pick<BookingRecord, 'status' | 'holdExpiresAt'>, now: Date): void => {
  if (booking.status === 'EXPIRED' || isDeadHold(booking, now)) {
    throw new AppError('HOLD_EXPIRED', 'The seats were held too long without payment; book again.');
  }
  if (!HOLDING.includes(booking.status)) {
    throw new AppError('CONFLICT', `A booking that is ${booking.status} cannot be paid.`);
  }
};
