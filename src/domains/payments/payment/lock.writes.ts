import type { Transaction } from '../../../platform/db/client.ts';
import { findPayment, type PaymentRow } from './payment.reads.ts';

/** The payment, its row locked until the transaction ends: whatever moves it does so one after the other. */
export const lockPayment = async (tx: Transaction, id: string): Promise<PaymentRow | null> => {
  await tx.$queryRaw`SELECT id FROM payments WHERE id = ${id}::uuid FOR UPDATE`;
  return findPayment(tx, id);
};
