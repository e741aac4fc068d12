import type { Database } from '../../../src/platform/db/client.ts';
import type { Told } from './buyer.ts';
import type { Stage } from './stage.ts';

interface BookingRow {
  id: string;
  userId: string;
  quantity: number;
  cancelled: string[];
  refundMinor: bigint;
}

const BOOKINGS = `
  SELECT b.id, b.user_id AS "userId", b.quantity,
    ARRAY(SELECT a.id::text FROM event_participants AS a
      WHERE a.booking_id = b.id AND a.status = 'CANCELLED' ORDER BY a.id) AS cancelled,
    (SELECT coalesce(sum(r.amount), 0) FROM refunds AS r
      WHERE r.booking_id = b.id AND r.reason = 'BY_ATTENDEE')::bigint AS "refundMinor"
  FROM bookings AS b`;

/** Holds what buyers were told against the rows. @returns each difference in words */
export const compareTold = async (database: Database, told: readonly Told[]): Promise<string[]> => {
  const rows = await database.$queryRawUnsafe<BookingRow[]>(BOOKINGS);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const differences: string[] = [];
  const unsure = new Set(told.filter(({ isUnsure }) => isUnsure).map(({ userId }) => userId));
  for (const { bookingId, userId, quantity, cancelledIds, refundMinor } of told) {
    if (bookingId === null) continue;
    const row = byId.get(bookingId);
    byId.delete(bookingId);
    if (row?.userId !== userId || row.quantity !== quantity) differences.push(`${bookingId} is not what was booked`);
    else if (!cancelledIds.every((id) => row.cancelled.includes(id)))
      differences.push(`${bookingId} still has given tickets`);
    else if (row.refundMinor !== BigInt(refundMinor)) {
      differences.push(`${bookingId}: ${refundMinor} was promised back, ${row.refundMinor} asked for`);
    }
  }
  // Who was refused after an answer was lost may have a hold that runs out; nobody else has a booking they do not know.
  for (const { id, userId } of byId.values()) {
    if (!unsure.has(userId)) differences.push(`${id} was made for nobody who was told so`);
  }
  return differences;
};

/** Compares our books with the provider's, payment by payment. @returns each difference in words */
export const compareSandbox = async ({ database, sandbox }: Stage): Promise<string[]> => {
  const payments = await database.payment.findMany({ where: { providerPaymentId: { not: null } } });
  const differences: string[] = [];
  for (const { id, providerPaymentId, capturedAmount, refundedAmount } of payments) {
    const theirs = await sandbox.payment(providerPaymentId ?? '');
    const captured = theirs?.status === 'CAPTURED' ? theirs.amountMinor : 0;
    const refunded = theirs?.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0) ?? 0;
    if (BigInt(captured) !== capturedAmount) differences.push(`${id}: ${captured} taken there, ${capturedAmount} here`);
    if (BigInt(refunded) !== refundedAmount) differences.push(`${id}: ${refunded} back there, ${refundedAmount} here`);
  }
  return differences;
};

/** What the run came to, for whoever reads its output. */
export const totals = async ({ database }: Stage, told: readonly Told[]) => {
  const count = async (query: string): Promise<Record<string, number>> => {
    const rows = await database.$queryRawUnsafe<{ name: string; count: number }[]>(query);
    return Object.fromEntries(rows.map((row) => [row.name, row.count]));
  };
  const plans: Record<string, number> = {};
  for (const { plan, refusedWith } of told) plans[refusedWith ?? plan] = (plans[refusedWith ?? plan] ?? 0) + 1;
  return {
    plans,
    unsure: told.filter(({ isUnsure }) => isUnsure).length,
    bookings: await count('SELECT status AS name, count(*)::int FROM bookings GROUP BY 1'),
    payments: await count('SELECT status AS name, count(*)::int FROM payments GROUP BY 1'),
    refunds: await count(`SELECT reason || ' ' || status AS name, count(*)::int FROM refunds GROUP BY 1`),
    webhooks: await count('SELECT status AS name, count(*)::int FROM payment_webhook_events GROUP BY 1'),
    moneyMinor: await count(`SELECT 'captured' AS name, sum(captured_amount)::float8 AS count FROM payments
      UNION ALL SELECT 'refunded', sum(refunded_amount)::float8 FROM payments`),
    seats: await count(`SELECT 'sold' AS name, sum(sold)::int AS count FROM events
      UNION ALL SELECT 'capacity', sum(max_participants)::int FROM events`),
  };
};
