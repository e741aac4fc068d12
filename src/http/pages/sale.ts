import type { EventView, TicketTypeView } from './shapes.ts';

/**
 * How an event stands to somebody who would like to come.
 * - `opens`: nothing is sold yet, and it is known from when
 * - `full`: sold out; `waitlist` when one can wait for seats
 */
export type Sale = 'cancelled' | 'postponed' | 'over' | 'opens' | 'closed' | 'full' | 'waitlist' | 'open';

type Sold = Pick<
  EventView,
  'status' | 'endDate' | 'registrationOpensAt' | 'registrationClosesAt' | 'waitlistEnabled' | 'ticketTypes'
>;

const isAfter = (time: string | null, now: Date): boolean => time !== null && Date.parse(time) > now.getTime();
const isPast = (time: string | null, now: Date): boolean => time !== null && Date.parse(time) <= now.getTime();

/** Whether a kind of ticket is inside its window of sale. */
const isInWindow = ({ status, salesStartAt, salesEndAt }: TicketTypeView, now: Date): boolean =>
  status === 'ON_SALE' && !isAfter(salesStartAt, now) && !isPast(salesEndAt, now);

const isLeft = ({ available, minPerOrder }: TicketTypeView): boolean => available === null || available >= minPerOrder;

/** Whether somebody can book this kind of ticket now. */
export const isBookable = (event: Sold, type: TicketTypeView, now: Date): boolean =>
  saleOf(event, now) === 'open' && isInWindow(type, now) && isLeft(type);

export const saleOf = (event: Sold, now: Date): Sale => {
  const { status, endDate, registrationOpensAt, registrationClosesAt, waitlistEnabled, ticketTypes } = event;
  if (status === 'CANCELLED') return 'cancelled';
  if (status === 'POSTPONED') return 'postponed';
  if (status === 'COMPLETED' || isPast(endDate, now)) return 'over';
  if (isPast(registrationClosesAt, now)) return 'closed';
  const sold = ticketTypes.filter((type) => isInWindow(type, now));
  if (isAfter(registrationOpensAt, now)) return 'opens';
  if (sold.some(isLeft)) return 'open';
  if (sold.length > 0) return waitlistEnabled ? 'waitlist' : 'full';
  return ticketTypes.some(({ status: is, salesStartAt }) => is === 'ON_SALE' && isAfter(salesStartAt, now))
    ? 'opens'
    : 'closed';
};

/** When the first ticket can be bought, while nothing is sold yet. */
export const opensAt = ({ registrationOpensAt, ticketTypes }: Sold, now: Date): string | null => {
  const starts = ticketTypes.flatMap(({ salesStartAt }) => (isAfter(salesStartAt, now) ? [salesStartAt ?? ''] : []));
  const first = starts.sort()[0] ?? null;
  if (!isAfter(registrationOpensAt, now)) return first;
  return first === null || (registrationOpensAt ?? '') > first ? registrationOpensAt : first;
};

/** Seats that can be booked over all kinds of tickets; null without a limit. */
export const seatsLeft = ({
  ticketTypes,
  maxParticipants,
  currentParticipants,
}: Pick<EventView, 'ticketTypes' | 'maxParticipants' | 'currentParticipants'>): number | null => {
  if (ticketTypes.some(({ available }) => available === null)) return null;
  const left = ticketTypes.reduce((sum, { available }) => sum + (available ?? 0), 0);
  return maxParticipants === null ? left : Math.min(left, Math.max(0, maxParticipants - currentParticipants));
};

/** The largest number of tickets of a kind that one booking may take. */
export const mostOf = ({ available, maxPerOrder }: TicketTypeView): number =>
  Math.min(maxPerOrder, available ?? maxPerOrder);
