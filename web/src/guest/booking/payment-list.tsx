import { dateTime } from '../../format.ts';
import { useOperation } from '../../state/use-operation.ts';
import { t } from '../../words.ts';
import { moneyOf } from '../amounts.tsx';
import { paymentWord } from './booking-words.ts';

/** Lists in words the payments and refunds of a booking. Shows nothing where nothing was paid. */
export const PaymentList = ({ bookingId }: { bookingId: string }) => {
  const { data } = useOperation('payment.list', { bookingId });
  if (!data || data.items.length === 0) return null;
  return (
    <section class="card" aria-labelledby="payments-title">
      <h2 id="payments-title">{t('Payments')}</h2>
      <ul class="rows">
        {data.items.map(({ id, status, amount, refunded, createdAt, completedAt }) => {
          const { word, tone } = paymentWord(status);
          return (
            <li key={id} class="line spread">
              <span>
                <b class="num">{moneyOf(amount)}</b> <small>{dateTime(completedAt ?? createdAt)}</small>
                {refunded.amountMinor > 0 && (
                  <small class="block">{t('{amount} goes back to you', { amount: moneyOf(refunded) })}</small>
                )}
              </span>
              <span class={`chip ${tone}`}>{word}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
