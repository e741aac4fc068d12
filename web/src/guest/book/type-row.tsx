import { useId } from 'preact/hooks';
import { dateTime } from '../../format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { plural, t } from '../../words.ts';
import { moneyOf, priceOf } from '../amounts.tsx';
import { rangeOf, stepped, type TypeToBook, type WhyNot } from './order.rules.ts';

interface Props {
  type: TypeToBook;
  /** Null while it can be taken. */
  reason: WhyNot | null;
  timeZone: string;
  quantity: number;
  onChange: (quantity: number) => void;
}

/** One kind of ticket: what it is, what it costs, how many are left, and how many one takes. */
export const TypeRow = ({ type, reason, timeZone, quantity, onChange }: Props) => {
  const nameId = useId();
  return (
    <li class={`type ${reason ? 'is-closed' : ''}`}>
      <div>
        <h3 id={nameId}>{type.name}</h3>
        <p class="type-price num">
          {priceOf(type.priceWithTax)} <TaxNote type={type} />
        </p>
        {type.description && <p class="type-about">{type.description}</p>}
        <p class="line">
          <Left type={type} reason={reason} timeZone={timeZone} />
          {type.approvalRequired && <span class="chip">{t('The host decides')}</span>}
        </p>
      </div>
      {!reason && <Stepper {...{ type, quantity, onChange, nameId }} />}
    </li>
  );
};

const TaxNote = ({ type: { tax, price, priceWithTax } }: { type: TypeToBook }) => {
  if (!tax || priceWithTax.amountMinor === 0) return null;
  const rate = `${tax.rateBasisPoints / 100} %`;
  const words = tax.isInclusive
    ? t('with {rate} {tax}', { rate, tax: tax.name })
    : t('{price} and {rate} {tax}', { price: moneyOf(price), rate, tax: tax.name });
  return <small>{words}</small>;
};

/** So many are worth saying. */
const FEW = 20;

const Left = ({ type, reason, timeZone }: Pick<Props, 'type' | 'reason' | 'timeZone'>) => {
  if (reason?.kind === 'SOON') {
    return <span class="chip">{t('On sale from {when}', { when: dateTime(reason.at, timeZone) })}</span>;
  }
  if (reason?.kind === 'SOLD_OUT') return <span class="chip bad">{t('Sold out')}</span>;
  if (reason?.kind === 'PAUSED') return <span class="chip">{t('Not on sale at the moment')}</span>;
  if (reason) return <span class="chip">{t('No longer on sale')}</span>;
  const { available, salesEndAt } = type;
  return (
    <>
      {available !== null && available <= FEW && (
        <span class="chip warm">{plural(available, '{count} left', '{count} left')}</span>
      )}
      {salesEndAt && <small>{t('On sale until {when}', { when: dateTime(salesEndAt, timeZone) })}</small>}
    </>
  );
};

const Stepper = ({
  type,
  quantity,
  onChange,
  nameId,
}: Pick<Props, 'type' | 'quantity' | 'onChange'> & { nameId: string }) => {
  const range = rangeOf(type);
  const { name } = type;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be laid out by other rules than its neighbours
    <div class="stepper" role="group" aria-labelledby={nameId}>
      <IconButton
        icon="minus"
        label={t('One less: {name}', { name })}
        disabled={quantity === 0}
        onClick={() => onChange(stepped(quantity, -1, range))}
      />
      <output class="num" aria-live="polite">
        {quantity}
      </output>
      <IconButton
        icon="plus"
        label={t('One more: {name}', { name })}
        disabled={quantity >= range[1]}
        onClick={() => onChange(stepped(quantity, 1, range))}
      />
    </div>
  );
};
