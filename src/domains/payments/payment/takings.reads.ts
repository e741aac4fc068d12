import type { Transaction } from '../../../platform/db/client.ts';
import { leftOf } from './left.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** The money that came in for an event, and the places where it went, in minor units of one currency. */
export interface Takings {
  takenMinor: bigint;
  refundedMinor: bigint;
  disputedMinor: bigint;
  feesMinor: bigint;
  taxMinor: bigint;
  /** The amount that is left to the hosts. */
  earnedMinor: bigint;
}

type Sums = Omit<Takings, 'earnedMinor'>;

/**
 * The sums of an event's payments in one currency. Fees and tax of a refund are given back once it has settled, those of a
 * dispute once it is lost.
 */
export const takingsOf = async (
  reader: Reader,
  { eventId, currency }: { eventId: string; currency: string },
): Promise<Takings> => {
  const [row] = await reader.$queryRaw<Sums[]>`
    SELECT coalesce(sum(captured_amount), 0)::bigint AS "takenMinor",
      coalesce(sum(refunded_amount), 0)::bigint AS "refundedMinor",
      coalesce(sum(disputed_amount), 0)::bigint AS "disputedMinor",
      coalesce(sum(commission_amount - gone.fees), 0)::bigint AS "feesMinor",
      coalesce(sum(tax_amount - gone.tax), 0)::bigint AS "taxMinor"
    FROM payments
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(back.fees), 0) AS fees, coalesce(sum(back.tax), 0) AS tax FROM (
        SELECT commission_amount AS fees, tax_amount AS tax FROM refunds
        WHERE payment_id = payments.id AND status = 'SETTLED'
        UNION ALL
        SELECT commission_amount, tax_amount FROM disputes WHERE payment_id = payments.id AND status = 'LOST'
      ) AS back
    ) AS gone
    WHERE event_id = ${eventId}::uuid AND currency = ${currency} AND captured_amount > 0`;
  const sums = row ?? { takenMinor: 0n, refundedMinor: 0n, disputedMinor: 0n, feesMinor: 0n, taxMinor: 0n };
  const { takenMinor, refundedMinor, disputedMinor, feesMinor, taxMinor } = sums;
  return { ...sums, earnedMinor: takenMinor - refundedMinor - disputedMinor - feesMinor - taxMinor };
};

interface Days {
  eventId: string;
  currency: string;
  /** IANA. */
  timeZone: string;
  limit: number;
}

/** Gives the amount that was paid for an event on each day of a zone: the latest days, newest first. */
export const takingsByDay = (
  reader: Reader,
  { eventId, currency, timeZone, limit }: Days,
): Promise<{ day: string; takenMinor: bigint }[]> =>
  reader.$queryRaw<{ day: string; takenMinor: bigint }[]>`
    SELECT to_char(completed_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, sum(captured_amount)::bigint AS "takenMinor"
    FROM payments
    WHERE event_id = ${eventId}::uuid AND currency = ${currency} AND captured_amount > 0 AND completed_at IS NOT NULL
    GROUP BY 1 ORDER BY 1 DESC LIMIT ${limit}`;

/** Gives the amount that was paid for events and has not gone back, by `{eventId} {currency}`, in minor units. */
export const takenByEvent = async (
  reader: Pick<Transaction, 'payment'>,
  eventIds: readonly string[],
): Promise<Map<string, bigint>> => {
  const rows = await reader.payment.groupBy({
    by: ['eventId', 'currency'],
    where: { eventId: { in: [...eventIds] }, capturedAmount: { gt: 0 } },
    _sum: { capturedAmount: true, refundedAmount: true },
  });
  return new Map(
    rows.map(({ eventId, currency, _sum: sum }) => [
      `${eventId} ${currency}`,
      (sum.capturedAmount ?? 0n) - (sum.refundedAmount ?? 0n),
    ]),
  );
};

/** The payment of a booking, and the part of it that can still be sent back, in minor units. */
export interface RefundablePayment {
  paymentId: string;
  leftMinor: bigint;
  currency: string;
}

/** The payments of bookings that took money, by the booking's id; the latest where there are several. */
export const refundablePayments = async (
  reader: Pick<Transaction, 'payment'>,
  bookingIds: readonly string[],
): Promise<Map<string, RefundablePayment>> => {
  if (bookingIds.length === 0) return new Map();
  const rows = await reader.payment.findMany({
    where: { bookingId: { in: [...bookingIds] }, capturedAmount: { gt: 0 } },
    orderBy: { id: 'asc' },
  });
  return new Map(
    rows.map((row) => [row.bookingId ?? '', { paymentId: row.id, leftMinor: leftOf(row), currency: row.currency }]),
  );
};
