import '../guest.css';
import { useEffect } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { t } from '../../words.ts';
import { EventHead } from '../event-head.tsx';
import { bookingWord } from './booking-words.ts';
import { Done } from './done.tsx';
import { Ended } from './ended.tsx';
import { PayPanel } from './pay-panel.tsx';
import { PaymentList } from './payment-list.tsx';
import { Requested } from './requested.tsx';

export type Booking = Output<'booking.get'>;
export type EventOfBooking = Output<'event.get'>;

/** Asks again this often as long as something is on its way, should the socket not tell. */
const ASK_EVERY_MS = 4_000;

const MOVING: readonly Booking['status'][] = ['HELD', 'AWAITING_PAYMENT'];

/** One booking from the moment its seats are kept: pay, wait, done, or why it ended. It follows the server. */
export const BookingPage = ({ bookingId }: { bookingId: string }) => {
  const loaded = useOperation('booking.get', { bookingId });
  const { data: booking, reload } = loaded;
  const eventId = booking?.eventId;
  const event = useOperation('event.get', eventId === undefined ? null : { eventId });
  useEffect(() => client.on('booking.changed', (told) => told.bookingId === bookingId && reload()), [bookingId]);
  const isMoving = booking !== undefined && MOVING.includes(booking.status);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(reload, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  return (
    <Page title={titleOf(booking?.status)}>
      <Outcome of={loaded}>
        {(found) => (
          <>
            {event.data && <EventHead event={event.data} />}
            <Body booking={found} event={event.data} onChange={reload} />
          </>
        )}
      </Outcome>
    </Page>
  );
};

const titleOf = (status: Booking['status'] | undefined): string => {
  if (status === undefined) return t('Your booking');
  if (status === 'CONFIRMED') return t('You are going!');
  return MOVING.includes(status) ? t('Pay for your tickets') : t('Your booking');
};

export interface PartProps {
  booking: Booking;
  event: EventOfBooking | undefined;
  onChange: () => void;
}

const Body = (props: PartProps) => {
  const { booking } = props;
  if (MOVING.includes(booking.status)) return <PayPanel {...props} />;
  return (
    <>
      {booking.status === 'CONFIRMED' && <Done {...props} />}
      {booking.status === 'REQUESTED' && <Requested {...props} />}
      {booking.status !== 'CONFIRMED' && booking.status !== 'REQUESTED' && <Ended {...props} />}
      <Facts booking={booking} />
      <PaymentList bookingId={booking.id} />
    </>
  );
};

const Facts = ({ booking: { status, reference } }: { booking: Booking }) => {
  const { word, tone } = bookingWord(status);
  return (
    <p class="line">
      <span class={`chip ${tone}`}>{word}</span>
      {reference && (
        <small>
          {t('Booking')} <b class="num">{reference}</b>
        </small>
      )}
    </p>
  );
};
