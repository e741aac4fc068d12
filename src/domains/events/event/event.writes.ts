import type { Prisma } from '../../../generated/prisma/client.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import { EDGES, type EdgeName, PARTINGS, type PartingName } from './lifecycle.rules.ts';

/**
 * Holds everyone else who changes the event, claims of seats included, until the transaction ends. The event comes
 * first in the order in which rows are locked.
 */
export const lockEvent = async (tx: Transaction, eventId: string): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM events WHERE id = ${eventId}::uuid FOR NO KEY UPDATE`;
};

/** @throws CONFLICT when the slug is taken */
export const insertEvent = async (tx: Transaction, data: Prisma.EventUncheckedCreateInput): Promise<void> => {
  await refusingTakenSlug(() => tx.event.create({ data, select: { id: true } }));
};

/** Changes what an event says of itself. @throws CONFLICT when the slug is taken */
export const updateEvent = async (
  tx: Transaction,
  eventId: string,
  data: Prisma.EventUncheckedUpdateInput,
): Promise<void> => {
  await refusingTakenSlug(() => tx.event.update({ where: { id: eventId }, data, select: { id: true } }));
};

const refusingTakenSlug = async (write: () => Promise<unknown>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    if (violatedConstraint(error) !== 'events_slug_key') throw error;
    throw new AppError('CONFLICT', 'slug: is taken by another event.', {
      issues: [{ path: 'slug', message: 'is taken by another event' }],
    });
  }
};

/** What an edge changes beside the status. */
export type AlongWith = Pick<
  Prisma.EventUncheckedUpdateManyInput,
  'startDate' | 'endDate' | 'publishedAt' | 'cancellationReason' | 'cancellationNote'
>;

interface Move {
  now: Date;
  along?: AlongWith;
}

/**
 * Takes an edge of the event’s life, if the event stands where it begins: of several at once one does.
 * @returns whether it was taken
 */
export const moveEvent = async (
  tx: Transaction,
  eventId: string,
  edge: EdgeName,
  { now, along = {} }: Move,
): Promise<boolean> => {
  const { from, to, ...rest } = EDGES[edge];
  const stamp = 'stamp' in rest ? { [rest.stamp]: now } : {};
  const { count } = await tx.event.updateMany({
    where: { id: eventId, status: { in: [...from] }, archivedAt: null, deletedAt: null },
    data: { ...along, ...stamp, status: to, updatedAt: now },
  });
  return count === 1;
};

/** Puts the event out of sight, if it may be: of several at once one does. @returns whether it was done */
export const partWithEvent = async (
  tx: Transaction,
  eventId: string,
  parting: PartingName,
  now: Date,
): Promise<boolean> => {
  const { from, stamp } = PARTINGS[parting];
  const { count } = await tx.event.updateMany({
    where: { id: eventId, status: { in: [...from] }, archivedAt: null, deletedAt: null },
    data: { [stamp]: now, updatedAt: now },
  });
  return count === 1;
};

interface Due {
  id: string;
  hostId: string;
}

/**
 * Locks up to `limit` events whose time for an edge of the clock has come; those that another holds are left for later.
 */
export const takeStarting = (tx: Transaction, now: Date, limit: number): Promise<Due[]> =>
  tx.$queryRaw<Due[]>`
    SELECT id, host_id AS "hostId" FROM events
    WHERE status = 'PUBLISHED' AND start_date <= ${now} AND deleted_at IS NULL
    ORDER BY start_date LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED`;

/** As `takeStarting`, for events that are over. */
export const takeEnding = (tx: Transaction, now: Date, limit: number): Promise<Due[]> =>
  tx.$queryRaw<Due[]>`
    SELECT id, host_id AS "hostId" FROM events
    WHERE status = 'ONGOING' AND end_date <= ${now} AND deleted_at IS NULL
    ORDER BY end_date LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED`;

/** As `takeStarting`, for events that were over before a moment and are not archived. */
export const takeForgotten = (tx: Transaction, before: Date, limit: number): Promise<Due[]> =>
  tx.$queryRaw<Due[]>`
    SELECT id, host_id AS "hostId" FROM events
    WHERE status IN ('COMPLETED', 'CANCELLED') AND end_date < ${before} AND archived_at IS NULL AND deleted_at IS NULL
    ORDER BY end_date LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED`;

/** As `takeStarting`, for events where a window of sale has opened or closed since the price was found. */
export const takePricesDue = (tx: Transaction, now: Date, limit: number): Promise<Due[]> =>
  tx.$queryRaw<Due[]>`
    SELECT id, host_id AS "hostId" FROM events WHERE price_until <= ${now}
    ORDER BY price_until LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED`;
