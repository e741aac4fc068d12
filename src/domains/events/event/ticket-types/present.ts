import type { Transaction } from '../../../../platform/db/client.ts';
import { priceWithTax, type Tax, taxesInForce, wireMoney } from '../../../payments/api.ts';
import type { TicketTypeView } from '../../shapes/contract.ts';
import { toTimeOrNull } from '../../times.rules.ts';
import type { TicketTypeRow } from '../event.reads.ts';
import { canSell, type Standing } from '../policy.ts';

/** Seats of an event over all of its ticket types. */
export interface SharedSeats {
  maxParticipants: number | null;
  held: number;
  sold: number;
}

export interface Onlooker {
  standing: Pick<Standing, 'role'>;
  /** A valid code was given. */
  hasCode: boolean;
  /** Ticket types somebody waits for: freed seats are theirs first. */
  awaited: ReadonlySet<string>;
  /** Taxes in force, by the id under which they were chosen. */
  taxes: ReadonlyMap<string, Tax>;
}

/** The taxes of some ticket types as they are at a moment. */
export const taxesOf = (
  reader: Pick<Transaction, 'taxRate'>,
  types: readonly Pick<TicketTypeRow, 'taxRateId'>[],
  at: Date,
): Promise<ReadonlyMap<string, Tax>> => {
  const ids = new Set(types.flatMap(({ taxRateId }) => taxRateId ?? []));
  return taxesInForce(reader, [...ids], at);
};

/** Whether somebody may see a kind of ticket: drafts and the host’s own are the team’s, others may need a code. */
export const isShown = (
  { status, visibility }: Pick<TicketTypeRow, 'status' | 'visibility'>,
  { standing, hasCode }: Pick<Onlooker, 'standing' | 'hasCode'>,
): boolean => {
  if (canSell(standing)) return true;
  if (status === 'DRAFT' || visibility === 'HOST_ONLY') return false;
  return visibility === 'PUBLIC' || hasCode;
};

interface Seats {
  capacity: number | null;
  held: number;
  sold: number;
}

/** Seats nobody has claimed; null is unlimited, and more claimed than there are is none. */
const free = ({ capacity, held, sold }: Seats): number | null =>
  capacity === null ? null : Math.max(0, capacity - held - sold);

/**
 * The seats of a ticket type that can be bought: the fewer of its own and of the event’s; none while somebody waits for it, nor
 * where fewer are left than are sold together.
 */
export const available = (
  type: Pick<TicketTypeRow, 'id' | 'capacity' | 'held' | 'sold' | 'minPerOrder'>,
  shared: SharedSeats,
  awaited: ReadonlySet<string>,
): number | null => {
  const bounds = [free(type), free({ ...shared, capacity: shared.maxParticipants })].filter((each) => each !== null);
  if (bounds.length === 0) return null;
  const least = Math.min(...bounds);
  return awaited.has(type.id) || least < type.minPerOrder ? 0 : least;
};

const showTax = (
  { taxRateId, price, currency }: Pick<TicketTypeRow, 'taxRateId' | 'price' | 'currency'>,
  { taxes }: Onlooker,
) => {
  const tax = taxRateId === null ? null : (taxes.get(taxRateId) ?? null);
  return {
    taxRateId,
    tax: tax && { name: tax.name, rateBasisPoints: tax.rateBasisPoints, isInclusive: tax.isInclusive },
    priceWithTax: wireMoney(priceWithTax(tax, price, currency), currency),
  };
};

/** A kind of ticket on the wire, as far as somebody may see it. */
export const showTicketType = (row: TicketTypeRow, shared: SharedSeats, onlooker: Onlooker): TicketTypeView => ({
  id: row.id,
  eventId: row.eventId,
  name: row.name,
  description: row.description,
  kind: row.kind,
  status: row.status,
  visibility: row.visibility,
  price: wireMoney(row.price, row.currency),
  ...showTax(row, onlooker),
  capacity: row.capacity,
  available: available(row, shared, onlooker.awaited),
  minPerOrder: row.minPerOrder,
  maxPerOrder: row.maxPerOrder,
  oneActivePerUser: row.oneActivePerUser,
  approvalRequired: row.approvalRequired,
  transferable: row.transferable,
  salesStartAt: toTimeOrNull(row.salesStartAt),
  salesEndAt: toTimeOrNull(row.salesEndAt),
  validFrom: toTimeOrNull(row.validFrom),
  validUntil: toTimeOrNull(row.validUntil),
  sortOrder: row.sortOrder,
  ...(canSell(onlooker.standing) ? { held: row.held, sold: row.sold } : {}),
});
