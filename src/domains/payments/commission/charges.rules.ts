import { splitByWeights } from '../money/split.rules.ts';
import { type TaxRate, taxOn } from '../tax-rate/rate.rules.ts';
import { type CommissionRule, commissionOn } from './rule.rules.ts';

/** One kind of ticket in an order. */
export interface OrderLine {
  ticketTypeId: string;
  quantity: number;
  unitPriceMinor: bigint;
  /** What is taken off this line alone, in minor units; more than its price counts as its price. */
  discountMinor: bigint;
  taxRateId: string | null;
  /** What the invoice calls it. */
  description?: string;
}

export interface Order {
  lines: readonly OrderLine[];
  /** Taken off the whole order after the lines' own discounts, spread over what is left of each; minor units. */
  orderDiscountMinor?: bigint;
}

/** A line with its parts: total = net + tax + fee. */
export interface ChargedLine extends OrderLine {
  /** Of this line's own discount and its share of the order's: off the price as it is shown. */
  discountMinor: bigint;
  /** The price before discounts, without the tax that it contains. */
  subtotalMinor: bigint;
  /** The host's side of it before commission, without tax. */
  netMinor: bigint;
  taxMinor: bigint;
  /** What the attendee pays on top for the platform. */
  feeMinor: bigint;
  /** What the platform takes, whoever pays. */
  commissionMinor: bigint;
  totalMinor: bigint;
}

/** Minor units of one currency; total = subtotal − discount + tax + fee. */
export interface Charges {
  /** The price of the tickets without the tax that it contains, before discounts. */
  subtotalMinor: bigint;
  /** What discounts take off the subtotal: without the tax that they contain. */
  discountMinor: bigint;
  taxMinor: bigint;
  feeMinor: bigint;
  totalMinor: bigint;
  commissionMinor: bigint;
  /** In the order in which they were given. */
  lines: ChargedLine[];
}

export interface Rules {
  commission: CommissionRule | null;
  taxRates: ReadonlyMap<string, TaxRate>;
}

/**
 * Prices an order: line discounts, then the order's, then tax, then the platform's fee. What each line is charged does not
 * depend on the order in which the lines stand.
 * @throws RangeError for negative prices or discounts, and quantities below one
 */
export const chargesFor = ({ lines, orderDiscountMinor = 0n }: Order, rules: Rules): Charges => {
  refuseNegative(lines, orderDiscountMinor);
  const places = canonicalPlaces(lines);
  const sorted = places.map((place) => lines[place]).filter((line) => line !== undefined);
  const taxed = discounted(sorted, orderDiscountMinor).map((line) => withTax(line, rules.taxRates));
  const charged = withCommission(taxed, rules.commission);
  const byPlace = places.map((place, index) => [place, charged[index]] as const).toSorted(([a], [b]) => a - b);
  return summed(byPlace.map(([, line]) => line).filter((line) => line !== undefined));
};

const refuseNegative = (lines: readonly OrderLine[], orderDiscountMinor: bigint): void => {
  const isWrong = lines.some(
    ({ unitPriceMinor, discountMinor, quantity }) => unitPriceMinor < 0n || discountMinor < 0n || quantity < 1,
  );
  if (isWrong || orderDiscountMinor < 0n)
    throw new RangeError('prices and discounts are not negative, quantities above 0');
};

/** Units left over by a split go to earlier lines first, so lines are split in an order of their own. */
const canonicalPlaces = (lines: readonly OrderLine[]): number[] => {
  const nameOf = ({ ticketTypeId, quantity, unitPriceMinor, discountMinor, taxRateId }: OrderLine): string =>
    [ticketTypeId, unitPriceMinor, quantity, discountMinor, taxRateId].join(' ');
  // Sorting keeps equals as they stood, and equal lines are charged alike but for which of them is first.
  return lines
    .map((line, place) => ({ name: nameOf(line), place }))
    .sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name))
    .map(({ place }) => place);
};

const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
const priceOf = ({ unitPriceMinor, quantity }: OrderLine): bigint => unitPriceMinor * BigInt(quantity);

const discounted = (lines: readonly OrderLine[], orderDiscountMinor: bigint): OrderLine[] => {
  const capped = lines.map((line) => ({ ...line, discountMinor: lower(line.discountMinor, priceOf(line)) }));
  if (capped.length === 0) return capped;
  const left = capped.map((line) => priceOf(line) - line.discountMinor);
  const shares = splitByWeights(lower(orderDiscountMinor, sumOf(left)), left);
  return capped.map((line, place) => ({ ...line, discountMinor: line.discountMinor + (shares[place] ?? 0n) }));
};

type TaxedLine = Omit<ChargedLine, 'feeMinor' | 'commissionMinor' | 'totalMinor'>;

const withTax = (line: OrderLine, taxRates: ReadonlyMap<string, TaxRate>): TaxedLine => {
  const rate = line.taxRateId === null ? null : (taxRates.get(line.taxRateId) ?? null);
  const subtotalMinor = taxOn(rate, priceOf(line)).netMinor;
  return { ...line, subtotalMinor, ...taxOn(rate, priceOf(line) - line.discountMinor) };
};

const withCommission = (lines: readonly TaxedLine[], rule: CommissionRule | null): ChargedLine[] => {
  if (lines.length === 0) return [];
  const shares = splitByWeights(
    commissionOn(rule, lines),
    lines.map(({ netMinor }) => netMinor),
  );
  return lines.map((line, place) => {
    const commissionMinor = shares[place] ?? 0n;
    const feeMinor = rule?.payer === 'ATTENDEE' ? commissionMinor : 0n;
    return { ...line, feeMinor, commissionMinor, totalMinor: line.netMinor + line.taxMinor + feeMinor };
  });
};

const summed = (lines: ChargedLine[]): Charges => {
  const total = (part: 'subtotalMinor' | 'netMinor' | 'taxMinor' | 'feeMinor' | 'commissionMinor' | 'totalMinor') =>
    sumOf(lines.map((line) => line[part]));
  return {
    subtotalMinor: total('subtotalMinor'),
    discountMinor: total('subtotalMinor') - total('netMinor'),
    taxMinor: total('taxMinor'),
    feeMinor: total('feeMinor'),
    totalMinor: total('totalMinor'),
    commissionMinor: total('commissionMinor'),
    lines,
  };
};
