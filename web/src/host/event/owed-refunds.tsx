import { useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { money } from '../../format.ts';
import { usePages } from '../../state/use-pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { More } from '../../ui/more.tsx';
import { t } from '../../words.ts';
import type { EventProps } from './event-page.tsx';

type Refund = Output<'booking.owedRefunds'>['items'][number];

/** Money of bookings paid by hand that the host has to pay back by hand; nothing where nothing is owed. */
export const OwedRefunds = ({ event, onPaid }: Pick<EventProps, 'event'> & { onPaid: () => void }) => {
  const owed = usePages('booking.owedRefunds', { eventId: event.id });
  if (!owed.data || owed.data.length === 0) return null;
  const paid = (): void => {
    owed.reload();
    onPaid();
  };
  return (
    <section class="card" aria-labelledby="owed-title">
      <h2 id="owed-title">{t('You still have to pay back')}</h2>
      <p>{t('These guests paid you by hand. Pay them back the same way, then say so here.')}</p>
      <ul class="things">
        {owed.data.map((refund) => (
          <OwedLine key={refund.id} refund={refund} onPaid={paid} />
        ))}
      </ul>
      <More of={owed} />
    </section>
  );
};

const OwedLine = ({ refund, onPaid }: { refund: Refund; onPaid: () => void }) => {
  const [reference, setReference] = useState('');
  const amount = money(refund.amount.amountMinor, refund.amount.currency);
  return (
    <li>
      <b class="num">{amount}</b>
      <Confirm
        label={t('I have paid it back')}
        title={t('Was {amount} paid back?', { amount })}
        action={t('It was paid back')}
        onConfirm={async () => {
          const { bookingId, id: refundId } = refund;
          if (bookingId === null) return;
          await client.call('booking.markRefunded', { bookingId, refundId, reference });
          onPaid();
        }}
      >
        <Field
          label={t('Number of the receipt or transfer')}
          required
          maxLength={120}
          value={reference}
          onInput={setReference}
        />
      </Confirm>
    </li>
  );
};
