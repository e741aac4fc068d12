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
  if ((await enteredAmong(tx, [admission.id])).size > 0) {
    throw new AppError('CONFLICT', 'The ticket was used at the door.');
  }
  await refuseDisputed(tx, booking);
};
