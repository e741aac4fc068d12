import type { ComponentChildren } from 'preact';
import { money } from '../format.ts';
import { t } from '../words.ts';
import { type Money, type Priced, sumsOf } from './amounts.rules.ts';

export const moneyOf = ({ amountMinor, currency }: Money): string => money(amountMinor, currency);

/** A price, or that there is none. */
export const priceOf = (price: Money): string => (price.amountMinor === 0 ? t('Free') : moneyOf(price));

/** Every line of what something costs, down to the total. */
export const Amounts = ({ of: priced }: { of: Priced }) => {
  const { lines, total } = priced;
  const { discountMinor, feeMinor, addedTaxMinor, containedTaxMinor } = sumsOf(priced);
  const inWords = (amountMinor: number): string => money(amountMinor, total.currency);
  return (
    <dl class="amounts">
      {lines.map(({ ticketTypeId, name, quantity, unitPrice }) => (
        <Row key={ticketTypeId} name={`${quantity} × ${name}`}>
          {priceOf({ ...unitPrice, amountMinor: unitPrice.amountMinor * quantity })}
        </Row>
      ))}
      {discountMinor > 0 && <Row name={t('Discount')}>{inWords(-discountMinor)}</Row>}
      {feeMinor > 0 && <Row name={t('Booking fee')}>{inWords(feeMinor)}</Row>}
      {addedTaxMinor > 0 && <Row name={t('Tax')}>{inWords(addedTaxMinor)}</Row>}
      <Row name={t('Total')} isTotal>
        {priceOf(total)}
      </Row>
      {containedTaxMinor > 0 && <Row name={t('of it tax')}>{inWords(containedTaxMinor)}</Row>}
    </dl>
  );
};

const Row = ({ name, isTotal = false, children }: { name: string; isTotal?: boolean; children: ComponentChildren }) => (
  <div class={isTotal ? 'total' : ''}>
    <dt>{name}</dt>
    <dd class="num">{children}</dd>
  </div>
);
