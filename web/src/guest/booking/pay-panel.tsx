import { useEffect, useRef, useState } from 'preact/hooks';
import type { Input, Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { addresses } from '../../state/address.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Select } from '../../ui/select.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { plural, t } from '../../words.ts';
import { Amounts, moneyOf } from '../amounts.tsx';
import { Countdown, useLeftMs } from '../countdown.tsx';
import { inGuestWords } from '../refusal.ts';
import type { Booking, PartProps } from './booking-page.tsx';
import { failureWords } from './booking-words.ts';
import { quotedTotals } from './quoted-totals.ts';
import { isOpen, usePayment } from './use-payment.ts';

/** The kept seats with the time that is left, what they cost, and the ways to pay. */
export const PayPanel = ({ booking, event, onChange }: PartProps) => {
  const leftMs = useLeftMs(booking.holdExpiresAt);
  const isOver = leftMs === 0;
  useEffect(() => {
    if (isOver) onChange();
  }, [isOver]);
  const quoted = quotedTotals.get(booking.id);
  return (
    <>
      <section class="card hold" aria-label={t('Time left to pay')}>
        <p>{plural(booking.admissions.length, '{count} ticket is kept for you', '{count} tickets are kept for you')}</p>
        <Countdown leftMs={leftMs} />
        <p class="visually-hidden" role="status">
          {leftMs > 0 && leftMs <= 60_000 && t('Less than a minute is left to pay.')}
        </p>
      </section>
      {quoted !== undefined && quoted !== booking.total.amountMinor && (
        <p class="card attention" role="status">
          {t('The price has changed while you chose. What you pay is what stands here.')}
        </p>
      )}
      <section class="card">
        <Amounts of={booking} />
        <PayForm {...{ booking, onChange }} isOver={isOver} />
      </section>
      <GiveUp {...{ booking, onChange }} isFinal={event?.status === 'CANCELLED'} />
    </>
  );
};

type Method = Input<'booking.pay'>['method'];

interface FormProps {
  booking: Booking;
  isOver: boolean;
  onChange: () => void;
}

const PayForm = ({ booking, isOver, onChange }: FormProps) => {
  const { payment, tell } = usePayment(booking.id, booking.status);
  const { busy, problem, submit } = useSubmit();
  const [method, setMethod] = useState<Method>('CARD');
  const pay = (): Promise<boolean> =>
    submit(async () => {
      const input = { bookingId: booking.id, method, returnTo: addresses.booking(booking.id) };
      tell(await inGuestWords(client.call('booking.pay', input)));
      onChange();
    });
  if (payment && isOpen(payment) && booking.status === 'AWAITING_PAYMENT') {
    return <AtProvider payment={payment} onAgain={() => void pay()} />;
  }
  const failure = payment?.status === 'FAILED' ? payment.failure : null;
  return (
    <>
      <p class="form-problem" role="alert">
        {problem ?? (failure ? failureWords(failure.code) : undefined)}
      </p>
      <Methods total={booking.total} value={method} onChange={setMethod} />
      <button type="button" class="primary wide" disabled={busy || isOver} onClick={() => void pay()}>
        {busy ? t('One moment…') : t('Pay {price}', { price: moneyOf(booking.total) })}
      </button>
    </>
  );
};

/** A choice only for who has one: credit that is enough may pay as well. */
const Methods = ({
  total,
  value,
  onChange,
}: {
  total: Booking['total'];
  value: Method;
  onChange: (to: Method) => void;
}) => {
  const { data } = useOperation('wallet.get', {});
  const credit = data?.wallets.find(
    ({ spendable }) => spendable.currency === total.currency && spendable.amountMinor >= total.amountMinor,
  );
  if (!credit) return null;
  return (
    <Select
      label={t('How do you pay?')}
      name="method"
      value={value}
      choices={[
        ['CARD', t('By card')],
        ['WALLET', t('With my credit of {amount}', { amount: moneyOf(credit.spendable) })],
      ]}
      onChange={(next) => onChange(next === 'WALLET' ? 'WALLET' : 'CARD')}
    />
  );
};

interface AtProviderProps {
  payment: Output<'payment.get'>;
  onAgain: () => void;
}

/** A payment that waits for the payer at the provider's page, or for the provider. */
const AtProvider = ({ payment: { clientAction, status } }: AtProviderProps) => {
  const link = useRef<HTMLAnchorElement>(null);
  const url = clientAction?.kind === 'redirect' ? clientAction.url : null;
  useEffect(() => link.current?.focus(), [url]);
  if (url !== null) {
    return (
      <>
        <p role="status">{t('Go on at the payment page. It leads back here once you have decided.')}</p>
        <a class="primary wide as-button" ref={link} href={url}>
          {t('To the payment page')}
        </a>
      </>
    );
  }
  const isStripe = clientAction?.kind === 'stripe';
  return (
    <p role="status" class="waiting">
      {isStripe && t('This server takes cards by a form that this page does not have yet. Please ask the host.')}
      {!isStripe && status === 'PROCESSING' && t('Your payment is being checked. This page notices by itself.')}
      {!isStripe && status !== 'PROCESSING' && t('One moment: the payment page is being opened…')}
    </p>
  );
};

const GiveUp = ({ booking, onChange, isFinal }: { booking: Booking; onChange: () => void; isFinal: boolean }) => (
  <div class="line">
    {!isFinal && (
      <a class="quiet" href={addresses.book(booking.eventId)}>
        {t('Back to the tickets')}
      </a>
    )}
    <Confirm
      label={t('Let the seats go')}
      title={t('Let the seats go?')}
      action={t('Let them go')}
      isDanger
      onConfirm={async () => {
        await client.call('booking.cancel', { bookingId: booking.id });
        onChange();
      }}
    >
      <p>{t('They are free for others at once. Nothing is charged.')}</p>
    </Confirm>
  </div>
);
