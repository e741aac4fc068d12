import type { DiscountKind, PromoFunding, PromoStatus, PromoUnit } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import { percentInSteps } from '../../payments/api.ts';

/** A code with its counters. Amounts are minor units of `currency`. */
export interface Promo {
  id: string;
  code: string;
  eventId: string | null;
  createdById: string;
  kind: DiscountKind;
  unit: PromoUnit;
  funding: PromoFunding;
  status: PromoStatus;
  percentBasisPoints: number | null;
  amount: bigint | null;
  maxDiscountAmount: bigint | null;
  minOrderAmount: bigint;
  currency: string;
  maxTotal: number | null;
  maxPerUser: number | null;
  reserved: number;
  redeemed: number;
  restoreOnRefund: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
}

export interface PricedLine {
  quantity: number;
  unitPriceMinor: bigint;
}

/** What a code takes off: of each line, in their order, and of the order as a whole. Never more than the price (P5). */
export interface Discount {
  lines: bigint[];
  order: bigint;
}

export const NO_DISCOUNT = (lines: readonly unknown[]): Discount => ({ lines: lines.map(() => 0n), order: 0n });

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const priceOf = ({ unitPriceMinor, quantity }: PricedLine): bigint => unitPriceMinor * BigInt(quantity);
const grossOf = (lines: readonly PricedLine[]): bigint => lines.reduce((sum, line) => sum + priceOf(line), 0n);

/** Uses that one order makes of the code. */
export const usesOf = ({ unit }: Pick<Promo, 'unit'>, lines: readonly PricedLine[]): number =>
  unit === 'PER_ORDER' ? 1 : lines.reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * The discount of the code on these lines. A percentage is rounded once, half up, to what can be charged of the currency.
 * @param currency of the lines; ISO 4217
 */
export const discountOf = (promo: Promo, lines: readonly PricedLine[], currency: string): Discount =>
  promo.unit === 'PER_TICKET'
    ? { lines: lines.map((line) => perTicket(promo, line.unitPriceMinor, currency) * BigInt(line.quantity)), order: 0n }
    : { lines: lines.map(() => 0n), order: perOrder(promo, lines, currency) };

const perTicket = (promo: Promo, price: bigint, currency: string): bigint =>
  capped(promo, rawOff(promo, { price, freeTicket: price, currency }), price);

const perOrder = (promo: Promo, lines: readonly PricedLine[], currency: string): bigint => {
  const gross = grossOf(lines);
  // One free ticket in an order is the dearest: the order of the lines does not matter (P7).
  const dearest = lines.reduce((most, { unitPriceMinor }) => (unitPriceMinor > most ? unitPriceMinor : most), 0n);
  return capped(promo, rawOff(promo, { price: gross, freeTicket: dearest, currency }), gross);
};

interface Priced {
  price: bigint;
  freeTicket: bigint;
  currency: string;
}

const rawOff = ({ kind, percentBasisPoints, amount }: Promo, { price, freeTicket, currency }: Priced): bigint => {
  if (kind === 'PERCENT') return percentInSteps(price, percentBasisPoints ?? 0, currency);
  return kind === 'FIXED_AMOUNT' ? (amount ?? 0n) : freeTicket;
};

const capped = ({ maxDiscountAmount }: Promo, off: bigint, price: bigint): bigint =>
  least(least(off, maxDiscountAmount ?? off), price);

/** The refusal of a code at this moment and for these lines; null when it may be used. */
const refusalOf = (
  promo: Promo | undefined,
  lines: readonly PricedLine[],
  at: Pick<Using, 'now' | 'currency' | 'isOfTeam'>,
): AppError | null => {
  if (!promo || promo.status === 'DRAFT') return unknownCode();
  const { startsAt, endsAt, status } = promo;
  if (status !== 'ACTIVE' || (endsAt !== null && endsAt <= at.now)) {
    return new AppError('PROMO_INVALID', 'promoCode: is not valid any more.');
  }
  // The platform pays for guests; who earns from the event would be paid for coming.
  if (promo.funding === 'PLATFORM' && at.isOfTeam) {
    return new AppError('PROMO_INVALID', 'promoCode: is not for those who run the event.');
  }
  if (startsAt !== null && startsAt > at.now) return new AppError('PROMO_INVALID', 'promoCode: is not valid yet.');
  if (promo.currency !== at.currency && isOfCurrency(promo)) {
    return new AppError('PROMO_INVALID', 'promoCode: is in another currency.');
  }
  if (grossOf(lines) < promo.minOrderAmount) {
    return new AppError('PROMO_INVALID', `promoCode: needs an order of ${promo.minOrderAmount} minor units at least.`);
  }
  return null;
};

/** Percentages and free tickets count in every currency, unless their limits are amounts: an amount is one of its currency. */
export const isOfCurrency = ({
  amount,
  maxDiscountAmount,
  minOrderAmount,
}: Pick<Promo, 'amount' | 'maxDiscountAmount' | 'minOrderAmount'>): boolean =>
  amount !== null || maxDiscountAmount !== null || minOrderAmount > 0n;

/** Whether the code shows and sells what its event hides: who hides it is the host, so the platform's codes do not. */
export const opensHidden = (promo: Pick<Promo, 'status' | 'funding'> | undefined): boolean =>
  promo?.status === 'ACTIVE' && promo.funding === 'HOST';

/**
 * The platform pays the host its code's part when the rest is captured; where nothing is captured nobody would.
 * @throws PROMO_INVALID for a code of the platform that takes off all there is to pay
 */
export const refuseNothingToPay = (
  promo: Pick<Promo, 'funding'> | null,
  { totalMinor }: { totalMinor: bigint },
): void => {
  if (promo?.funding !== 'PLATFORM' || totalMinor > 0n) return;
  throw new AppError('PROMO_INVALID', 'promoCode: must leave something to pay, and nothing would be left.');
};

export const unknownCode = (): AppError => new AppError('PROMO_INVALID', 'promoCode: is unknown here.');

/** The refusal of a code whose limits do not bear these uses more; null when they do. */
export const spentBy = (
  { maxTotal, maxPerUser }: Pick<Promo, 'maxTotal' | 'maxPerUser'>,
  uses: number,
  used: { inAll: number; own: number },
): AppError | null => {
  if (maxTotal !== null && used.inAll + uses > maxTotal) {
    return new AppError('PROMO_EXHAUSTED', 'promoCode: has been used up.');
  }
  if (maxPerUser !== null && used.own + uses > maxPerUser) {
    return new AppError('PROMO_EXHAUSTED', 'promoCode: you have used it as often as you may.');
  }
  return null;
};

interface Using {
  now: Date;
  currency: string;
  /** Whether who orders runs the event, alone or with others. */
  isOfTeam: boolean;
  /** Uses so far, in all and by who orders. */
  used: { inAll: number; own: number };
}

/**
 * The code, if an order of these lines may use it, and how many uses that makes.
 * @throws PROMO_INVALID, PROMO_EXHAUSTED
 */
export const usable = (
  promo: Promo | undefined,
  lines: readonly PricedLine[],
  { used, ...at }: Using,
): { promo: Promo; uses: number } => {
  const refused = refusalOf(promo, lines, at);
  if (refused || !promo) throw refused ?? unknownCode();
  const uses = usesOf(promo, lines);
  const isSpent = spentBy(promo, uses, used);
  if (isSpent) throw isSpent;
  return { promo, uses };
};
