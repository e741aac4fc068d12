import type { Output } from '../../../../src/sdk/index.ts';
import { dateTime, money } from '../../format.ts';
import { usePages } from '../../state/use-pages.ts';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { plural, t } from '../../words.ts';
import { usePeople } from '../use-people.ts';
import type { EventProps } from './event-page.tsx';

type Booking = Output<'booking.list'>['items'][number];

const STATES: Record<Booking['status'], () => readonly [words: string, tone: string]> = {
  REQUESTED: () => [t('Asks to come'), 'warm'],
  HELD: () => [t('Is paying'), 'warm'],
  AWAITING_PAYMENT: () => [t('Is paying'), 'warm'],
  CONFIRMED: () => [t('Booked'), 'good'],
  REJECTED: () => [t('Turned down'), ''],
  WITHDRAWN: () => [t('Taken back'), ''],
  EXPIRED: () => [t('Not paid in time'), ''],
  CANCELLED: () => [t('Given back'), 'bad'],
};

/** Each booking of an event: who, what, how much, and what became of it. */
export const BookingLines = ({ event: { id: eventId, timeZone } }: Pick<EventProps, 'event'>) => {
  const bookings = usePages('booking.list', { eventId });
  const nameOf = usePeople(bookings.data?.map(({ userId }) => userId) ?? []);
  return (
    <section class="card" aria-labelledby="bookings-title">
      <h2 id="bookings-title">{t('Bookings')}</h2>
      <Outcome of={bookings}>{(items) => items.length === 0 && <Empty title={t('Nobody has booked yet')} />}</Outcome>
      <ul class="things">
        {bookings.data?.map((booking) => (
          <BookingLine key={booking.id} booking={booking} name={nameOf(booking.userId)} zone={timeZone} />
        ))}
      </ul>
      <More of={bookings} />
    </section>
  );
};

const BookingLine = ({ booking, name, zone }: { booking: Booking; name: string; zone: string }) => {
  const { reference, quantity, total, discount, fee, status, createdAt } = booking;
  const [words, tone] = STATES[status]();
  return (
    <li>
      <div>
        <b>
          <bdi>{name}</bdi>
        </b>{' '}
        <span class={`chip ${tone}`}>{words}</span>
        <p>
          <small>
            {plural(quantity, '{count} ticket', '{count} tickets')} · {reference} · {dateTime(createdAt, zone)}
            {discount.amountMinor > 0 &&
              ` · ${t('{amount} off by a code', { amount: money(discount.amountMinor, discount.currency) })}`}
            {fee.amountMinor > 0 &&
              ` · ${t('{amount} booking fee in it', { amount: money(fee.amountMinor, fee.currency) })}`}
          </small>
        </p>
      </div>
      <b class="num">{total.amountMinor === 0 ? t('Free') : money(total.amountMinor, total.currency)}</b>
    </li>
  );
};
