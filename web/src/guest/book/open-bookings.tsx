import { addresses } from '../../state/address.ts';
import { useOperation } from '../../state/use-operation.ts';
import { plural, t } from '../../words.ts';
import { Countdown, useLeftMs } from '../countdown.tsx';

/** Bookings of this event that one has begun and not ended: after a reload, a step back, or on another device. */
export const OpenBookings = ({ eventId }: { eventId: string }) => {
  const { data } = useOperation('booking.list', { limit: 50 });
  const open = (data?.items ?? []).filter(
    (booking) => booking.eventId === eventId && ['HELD', 'AWAITING_PAYMENT', 'REQUESTED'].includes(booking.status),
  );
  return (
    <>
      {open.map((booking) => (
        <OpenBooking key={booking.id} {...booking} />
      ))}
    </>
  );
};

interface OpenBookingProps {
  id: string;
  quantity: number;
  holdExpiresAt: string | null;
}

const OpenBooking = ({ id, quantity, holdExpiresAt }: OpenBookingProps) => {
  const leftMs = useLeftMs(holdExpiresAt);
  if (holdExpiresAt !== null && leftMs === 0) return null;
  return (
    <aside class="card line spread attention">
      <p>
        {holdExpiresAt === null
          ? t('You have asked to come; the host decides.')
          : plural(quantity, '{count} ticket is kept for you', '{count} tickets are kept for you')}{' '}
        {holdExpiresAt !== null && <Countdown leftMs={leftMs} />}
      </p>
      <a class="quiet" href={addresses.booking(id)}>
        {holdExpiresAt === null ? t('Look at it') : t('Go on and pay')}
      </a>
    </aside>
  );
};
