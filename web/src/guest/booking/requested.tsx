import { client } from '../../client.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { t } from '../../words.ts';
import { Amounts } from '../amounts.tsx';
import type { PartProps } from './booking-page.tsx';

/** A request that the host has not decided about. */
export const Requested = ({ booking, onChange }: PartProps) => (
  <section class="card">
    <h2>{t('The host looks at your request')}</h2>
    <p>{t('You are told as soon as it is decided. No seat is kept until then, and nothing is charged.')}</p>
    <Amounts of={booking} />
    <div class="line">
      <Confirm
        label={t('Take the request back')}
        title={t('Take your request back?')}
        action={t('Take it back')}
        onConfirm={async () => {
          await client.call('booking.withdraw', { bookingId: booking.id });
          onChange();
        }}
      >
        <p>{t('The host no longer sees it. You can ask again later.')}</p>
      </Confirm>
    </div>
  </section>
);
