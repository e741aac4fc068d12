import type { BookingStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { BookingRecord, PriceSnapshot } from './booking.rules.ts';
import type { PolicySnapshot } from './refund-policy.ts';

type Reader = Pick<Transaction, 'booking'>;

const ADMISSIONS = {
  orderBy: { ordinal: 'asc' },
  select: {
    id: true,
    ordinal: true,
    ticketTypeId: true,
    holdId: true,
    userId: true,
    status: true,
    fullName: true,
    email: true,
    generation: true,
    pricePaid: true,
    issuedAt: true,
    noShowAt: true,
    transferredFromId: true,
  },
} as const;

const select = (reader: Reader, where: object, page: object = {}) =>
  reader.booking.findMany({ where, include: { admissions: ADMISSIONS }, relationLoadStrategy: 'join', ...page });

type Row = Awaited<ReturnType<typeof select>>[number];

const toRecord = (row: Row): BookingRecord => ({
  id: row.id,
  reference: row.reference ?? '',
  userId: row.userId,
  eventId: row.eventId,
  status: row.status,
  source: row.source,
  quantity: row.quantity,
  subtotal: row.subtotalAmount ?? 0n,
  discount: row.discountAmount,
  tax: row.taxAmount,
  fee: row.feeAmount,
  total: row.totalAmount,
  currency: row.currency,
  // Safe: only `insertBookings` writes these columns, from these types.
  price: row.priceSnapshot as unknown as PriceSnapshot,
  policy: row.policySnapshot as unknown as PolicySnapshot,
  holdExpiresAt: row.holdExpiresAt,
  createdAt: row.createdAt,
  confirmedAt: row.confirmedAt,
  cancelledAt: row.cancelledAt,
  cancellationReason: row.cancellationReason,
  admissions: row.admissions.map(({ ticketTypeId, ...admission }) => ({
    ...admission,
    ticketTypeId: ticketTypeId ?? '',
  })),
});

/** One booking, or null. */
export const findBooking = async (reader: Reader, id: string): Promise<BookingRecord | null> => {
  const [row] = await select(reader, { id });
  return row ? toRecord(row) : null;
};

/** Bookings by their ids, in the order of the ids. */
export const findBookings = async (reader: Reader, ids: readonly string[]): Promise<BookingRecord[]> =>
  (await select(reader, { id: { in: [...ids] } }, { orderBy: { id: 'asc' } })).map(toRecord);

/** The event a booking is of; null when there is no such booking. */
export const eventIdOf = async (reader: Reader, id: string): Promise<string | null> => {
  const row = await reader.booking.findUnique({ where: { id }, select: { eventId: true } });
  return row?.eventId ?? null;
};

interface Page {
  /** Of one event, or else of one person. */
  eventId: string | undefined;
  userId: string;
  status: BookingStatus | undefined;
  after: string | undefined;
  limit: number;
}

/** Bookings without their admissions, newest first: ids grow with time. */
export const listBookings = (reader: Reader, { eventId, userId, status, after, limit }: Page) =>
  reader.booking.findMany({
    where: {
      ...(eventId === undefined ? { userId } : { eventId }),
      ...(status === undefined ? {} : { status }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    include: { event: { select: { title: true } } },
    orderBy: { id: 'desc' },
    take: limit,
  });

/** Ids of bookings of an event in these statuses, in order. */
export const bookingIdsOf = async (
  reader: Reader,
  eventId: string,
  { statuses, limit, after }: { statuses: readonly BookingStatus[]; limit: number; after?: string | undefined },
): Promise<string[]> => {
  const rows = await reader.booking.findMany({
    where: { eventId, status: { in: [...statuses] }, ...(after === undefined ? {} : { id: { gt: after } }) },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(({ id }) => id);
};

/** Of these people, who has a live claim on which of these types that are sold once a person, as `userId typeId`. */
export const exclusiveClaims = async (
  reader: Pick<Transaction, 'inventoryHold'>,
  userIds: readonly string[],
  ticketTypeIds: readonly string[],
): Promise<Set<string>> => {
  if (ticketTypeIds.length === 0) return new Set();
  const rows = await reader.inventoryHold.findMany({
    where: { userId: { in: [...userIds] }, ticketTypeId: { in: [...ticketTypeIds] }, state: { in: ['HELD', 'SOLD'] } },
    select: { userId: true, ticketTypeId: true },
  });
  return new Set(rows.map(({ userId, ticketTypeId }) => `${userId} ${ticketTypeId}`));
};
