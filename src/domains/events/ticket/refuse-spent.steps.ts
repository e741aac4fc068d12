import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { refuseDisputed } from '../booking/refuse-disputed.ts';
import type { TicketSubject } from './lock.steps.ts';
import { enteredAmong } from './ticket.reads.ts';

/** @throws CONFLICT for a ticket that is not issued, was used, is suspended, or whose event is over */
export const refuseSpent = async (tx: Transaction, { admission, booking, stock }: TicketSubject): Promise<void> => {
  if (booking.status !== 'CONFIRMED' || admission.status !== 'ISSUED') {
    throw new AppError('CONFLICT', `The ticket is ${admission.status}.`);
  }
  if (stock.event.endDate <= stock.now) throw new AppError('CONFLICT', 'The event is over.');
  await refuseEntered(tx, [admission.id]);
  await refuseDisputed(tx, booking);
};

/**
 * To be asked once more after the ticket was changed in the transaction: then a door that was scanning it has been waited for.
 * @throws CONFLICT for a ticket that was used at a door
 */
export const refuseEntered = async (tx: Transaction, admissionIds: readonly string[]): Promise<void> => {
  if ((await enteredAmong(tx, admissionIds)).size === 0) return;
  throw new AppError('CONFLICT', 'The ticket was used at the door.');
};
