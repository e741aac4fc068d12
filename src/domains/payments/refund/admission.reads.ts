import type { Transaction } from '../../../platform/db/client.ts';
import type { PaidAdmission } from './portions.rules.ts';

type Reader = Pick<Transaction, 'eventParticipant'>;

/** An admission of a booking with what was paid for it, under every id it has had: a ticket that is passed on gets a new one. */
export interface BookedAdmission extends PaidAdmission {
  /** From the one that was bought to the one that is held now; `id` is the first. */
  ids: readonly string[];
}

/** What was bought with a booking, in its order; nothing without one. Ids of one admission are told once. */
export const admissionsOf = async (reader: Reader, bookingId: string | null): Promise<BookedAdmission[]> => {
  if (bookingId === null) return [];
  const rows = await reader.eventParticipant.findMany({
    where: { bookingId },
    orderBy: [{ ordinal: 'asc' }, { id: 'asc' }],
    select: { id: true, ticketTypeId: true, pricePaid: true, transferredFromId: true },
  });
  const known = new Set(rows.map(({ id }) => id));
  const next = new Map(rows.map(({ id, transferredFromId }) => [transferredFromId, id] as const));
  return rows
    .filter(({ transferredFromId }) => transferredFromId === null || !known.has(transferredFromId))
    .map(({ id, ticketTypeId, pricePaid }) => ({ id, ticketTypeId, pricePaid, ids: chainFrom(id, next) }));
};

const chainFrom = (first: string, next: ReadonlyMap<string | null, string>): string[] => {
  const ids = [first];
  for (let id = next.get(first); id !== undefined; id = next.get(id)) ids.push(id);
  return ids;
};

/** The admission that has or had this id; undefined when the booking has none. */
export const admissionCalled = (
  admissions: readonly BookedAdmission[],
  participantId: string,
): BookedAdmission | undefined => admissions.find(({ ids }) => ids.includes(participantId));
