import type { Prisma } from '../../../generated/prisma/client.ts';
import type { PaymentMethod } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { paymentRequested } from '../facts.ts';
import { HostShares } from '../money/host-shares.rules.ts';
import { wireMinor } from '../money/wire.rules.ts';
import { cancelOpenPayments } from '../payment/cancel.writes.ts';
import { refuseTooLittle } from '../payment/least.rules.ts';
import { openingOf } from '../payment/opening.rules.ts';
import { findOpenPayment, findPayment, isPaid, type PaymentRow } from '../payment/payment.reads.ts';
import { type PaymentView, presentPayment } from '../payment/present.ts';
import { capturePayment } from './capture.writes.ts';

/** What is to be paid, by whom, and what of it is not the host's. */
export interface PaymentStart {
  /** `config.payments`: which provider takes it. */
  settings: PaymentSettings;
  userId: string;
  /** Whose earnings it becomes. */
  hostId: string;
  eventId: string;
  bookingId: string;
  amountMinor: bigint;
  currency: string;
  method: PaymentMethod;
  commissionMinor: bigint;
  taxMinor: bigint;
  /** The commission rule as it was; kept with the payment. */
  commissionSnapshot: object;
  /** What co-hosts are to have of the earnings; the host alone when absent. Kept with the payment: later changes are for later sales. */
  shares?: HostShares;
  /** What the platform itself pays the host for its own promo code; nothing when absent. */
  platformDiscountMinor?: bigint;
  /** Where the payer goes once they have decided; null where they know themselves. */
  returnUrl?: string | null;
  now: Date;
}

/**
 * Opens a payment for a booking. Its provider is called by a job once this transaction has committed. Called again while
 * the payment is open it gives that one; with another method, and after an attempt that failed, the earlier one is given
 * up and a new one opened.
 * @throws CONFLICT when the booking is paid already, or the wallet that is to pay cannot
 * @throws INVALID_INPUT naming `method` for less than the provider takes
 */
export const startPayment = async (tx: Transaction, record: RecordFact, start: PaymentStart): Promise<PaymentView> => {
  const { bookingId, method } = start;
  // Of two starts at once the second waits here, and finds what the first has opened.
  await holdPaymentsOf(tx, bookingId);
  const open = await findOpenPayment(tx, bookingId);
  if (open?.method === method) return presentPayment(await withReturnUrl(tx, open, start.returnUrl ?? null));
  if (await isPaid(tx, bookingId)) throw new AppError('CONFLICT', 'This booking is paid already.');
  if (method !== 'WALLET') refuseTooLittle(start.settings, 'method', start);
  await cancelOpenPayments(tx, record, { bookingId, now: start.now });
  return openPayment(tx, record, start);
};

/** The open payment, whose payer goes where it was said last. */
const withReturnUrl = async (tx: Transaction, open: PaymentRow, returnUrl: string | null): Promise<PaymentRow> =>
  returnUrl === null || returnUrl === open.returnUrl
    ? open
    : tx.payment.update({ where: { id: open.id }, data: { returnUrl } });

/** Until the transaction ends, nobody else opens a payment of this booking. */
export const holdPaymentsOf = async (tx: Transaction, bookingId: string): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`payments of ${bookingId}`}, 0))`;
};

const openPayment = async (tx: Transaction, record: RecordFact, start: PaymentStart): Promise<PaymentView> => {
  const id = newId();
  const { clientAction, ...opening } = start.method === 'WALLET' ? FROM_WALLET : openingOf(start.settings, id);
  const row = await tx.payment.create({
    data: {
      id,
      ...rowOf(start),
      ...opening,
      returnUrl: start.returnUrl ?? null,
      ...(clientAction === null ? {} : { clientAction: { ...clientAction } }),
    },
  });
  if (start.method === 'WALLET') return payFromWallet(tx, record, row);
  await record(paymentRequested, { paymentId: id });
  return presentPayment(row);
};

/** No provider has to be told, and nobody has to decide: a wallet pays at once. */
const FROM_WALLET = { provider: 'INTERNAL', providerPaymentId: null, clientAction: null } as const;

const payFromWallet = async (tx: Transaction, record: RecordFact, row: PaymentRow): Promise<PaymentView> => {
  await capturePayment({ tx, record, now: row.createdAt }, row, null);
  return presentPayment((await findPayment(tx, row.id)) ?? row);
};

/** What a payment of a booking is kept with, however it is paid. */
export const rowOf = (start: Omit<PaymentStart, 'settings'>) => ({
  userId: start.userId,
  eventId: start.eventId,
  bookingId: start.bookingId,
  method: start.method,
  amount: start.amountMinor,
  currency: start.currency,
  commissionAmount: start.commissionMinor,
  taxAmount: start.taxMinor,
  commissionSnapshot: snapshotOf(start),
  createdAt: start.now,
});

const snapshotOf = ({
  commissionSnapshot,
  hostId,
  shares = [],
  platformDiscountMinor = 0n,
}: Omit<PaymentStart, 'settings'>): Prisma.InputJsonObject =>
  // Safe: a snapshot is plain JSON.
  ({
    ...commissionSnapshot,
    hostId,
    shares: HostShares.parse(shares),
    platformDiscountMinor: wireMinor(platformDiscountMinor),
  }) as Prisma.InputJsonObject;
