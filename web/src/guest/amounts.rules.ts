/** An amount in minor units with its currency. */
export interface Money {
  amountMinor: number;
  currency: string;
}

export interface Priced {
  lines: readonly { ticketTypeId: string; name: string; quantity: number; unitPrice: Money; discount: Money }[];
  tax: Money;
  fee: Money;
  total: Money;
}

/** The sums below the lines, in minor units. Lines − discount + fee + added tax make the total. */
export interface Sums {
  /** Taken off the prices as they are shown. */
  discountMinor: number;
  feeMinor: number;
  /** Tax that comes on top of the prices that are shown. */
  addedTaxMinor: number;
  /** Tax that those prices contain. */
  containedTaxMinor: number;
}

/** The sums of a quote or booking, from the prices as they are shown: some contain their tax, to others it is added. */
export const sumsOf = ({ lines, tax, fee, total }: Priced): Sums => {
  const shownMinor = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amountMinor, 0);
  const discountMinor = lines.reduce((sum, { discount }) => sum + discount.amountMinor, 0);
  const addedTaxMinor = total.amountMinor - fee.amountMinor - (shownMinor - discountMinor);
  return {
    discountMinor,
    feeMinor: fee.amountMinor,
    addedTaxMinor,
    containedTaxMinor: tax.amountMinor - addedTaxMinor,
  };
};
