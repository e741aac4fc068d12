import { until } from '../../support/until.ts';
import type { Asking, Reply } from './asking.ts';
import type { Random } from './random.ts';
import type { Sale } from './stage.ts';

/** Longer than it takes to find by asking what a lost webhook would have told. */
const PATIENCE_MS = 45_000;

/** What a buyer was told, to be held against the rows in the end. */
export interface Told {
  userId: string;
  plan: Plan;
  /** Why no booking was made. */
  refusedWith: string | null;
  /** Whether a call that was not answered may have made a booking all the same. */
  isUnsure: boolean;
  bookingId: string | null;
  quantity: number;
  cancelledIds: string[];
  refundMinor: number;
}

/** How a buyer goes about it. */
export type Plan =
  | 'leave'
  | 'leave-page'
  | 'pay'
  | 'decline-first'
  | 'late'
  | 'cancel-and-pay'
  | 'give-back'
  | 'give-part';

const PLANS = [
  ...Array<Plan>(8).fill('pay'),
  ...Array<Plan>(3).fill('decline-first'),
  ...Array<Plan>(3).fill('late'),
  ...Array<Plan>(3).fill('give-back'),
  ...Array<Plan>(4).fill('give-part'),
  ...Array<Plan>(2).fill('cancel-and-pay'),
  'leave',
  'leave-page',
] as unknown as readonly [Plan, ...Plan[]]; // it has elements

export interface BuyerParts {
  userId: string;
  asking: Asking;
  random: Random;
  sale: Sale;
  /** The hold of a booking is over from now on. */
  endHold: (bookingId: string) => Promise<void>;
}

/** Goes from the order to whatever the plan ends with. */
export const buy = async (parts: BuyerParts): Promise<Told> => {
  const plan = parts.random.pick(PLANS);
  const quantity = 1 + parts.random.below(3);
  const told: Told = {
    userId: parts.userId,
    plan,
    refusedWith: null,
    isUnsure: false,
    bookingId: null,
    quantity,
    cancelledIds: [],
    refundMinor: 0,
  };
  const ordered = await order(parts, quantity);
  told.isUnsure = ordered.unanswered > 0;
  if (ordered.status !== 200) return { ...told, refusedWith: String(ordered.body.code) };
  const bookingId = String(ordered.body.id);
  told.bookingId = bookingId;
  await go(parts, told, bookingId);
  return told;
};

const order = async ({ asking, random, sale }: BuyerParts, quantity: number): Promise<Reply> => {
  const items = [{ ticketTypeId: random.pick(sale.ticketTypeIds), quantity }];
  const promoCode = random.chance(30) ? { promoCode: random.pick(sale.codes) } : {};
  const path = `/v1/events/${sale.eventId}/bookings`;
  const first = await asking.post(path, { items, ...promoCode });
  // Who hears that the code is used up books without it.
  return first.body.code === 'PROMO_EXHAUSTED' ? asking.post(path, { items }) : first;
};

const go = async (parts: BuyerParts, told: Told, bookingId: string): Promise<void> => {
  const { asking, endHold } = parts;
  if (told.plan === 'leave') return endHold(bookingId);
  const ref = await openPage(parts, bookingId);
  if (ref === null || told.plan === 'leave-page') return;
  if (told.plan === 'decline-first') {
    await asking.post(`/v1/sandbox/payments/${ref}/decline`);
    const second = await openPage(parts, bookingId);
    // Somebody with two pages open may pay on either.
    await asking.post(`/v1/sandbox/payments/${second ?? ref}/approve`);
    return;
  }
  if (told.plan === 'late') await endHold(bookingId);
  const paying = asking.post(`/v1/sandbox/payments/${ref}/approve`);
  if (told.plan === 'cancel-and-pay') await giveBack(parts, told, { bookingId });
  await paying;
  if (told.plan !== 'give-back' && told.plan !== 'give-part') return;
  const booking = await decided(asking, bookingId);
  if (booking?.status !== 'CONFIRMED') return;
  const ids = (booking.admissions as { id: string }[]).map(({ id }) => id);
  const given = told.plan === 'give-part' ? ids.slice(0, 1) : undefined;
  await giveBack(parts, told, { bookingId, ...(given ? { admissionIds: given } : {}) });
  if (given && parts.random.chance(30)) await giveBack(parts, told, { bookingId });
};

/** @returns the sandbox's name of the payment, once it has been told of it; null when it cannot be paid any more */
const openPage = async ({ asking }: BuyerParts, bookingId: string): Promise<string | null> => {
  const begun = await asking.post(`/v1/bookings/${bookingId}/payments`, { method: 'CARD' });
  if (begun.status !== 200) return null;
  const ref = String(begun.body.providerRef);
  const known = async () => (await asking.get(`/v1/payments/${begun.body.id}`)).body.status !== 'PENDING';
  return (await soon(known)) ? ref : null;
};

const giveBack = async (
  { asking }: BuyerParts,
  told: Told,
  { bookingId, ...part }: { bookingId: string; admissionIds?: string[] },
): Promise<void> => {
  const before = await asking.get(`/v1/bookings/${bookingId}`);
  const live = (before.body.admissions as { id: string; status: string }[]).filter(
    ({ status }) => status !== 'CANCELLED',
  );
  const answer = await asking.post(`/v1/bookings/${bookingId}/cancel`, part);
  if (answer.status !== 200) return;
  told.cancelledIds.push(...(part.admissionIds ?? live.map(({ id }) => id)));
  told.refundMinor += (answer.body.refund as { amountMinor: number }).amountMinor;
};

const decided = async (asking: Asking, bookingId: string): Promise<Record<string, unknown> | null> =>
  soon(async () => {
    const { body } = await asking.get(`/v1/bookings/${bookingId}`);
    return body.status === 'AWAITING_PAYMENT' ? null : body;
  });

/** Waits for it, but not for ever: who has waited long enough goes home. */
const soon = async <T>(look: () => Promise<T>): Promise<NonNullable<T> | null> => {
  let askedAt = 0;
  const now = (): number => performance.now();
  const seldom = async () => {
    if (now() - askedAt < 500) return null;
    askedAt = now();
    return look();
  };
  return until(seldom, { withinMs: PATIENCE_MS }).catch(() => null);
};
