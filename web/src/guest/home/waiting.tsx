import { useEffect } from 'preact/hooks';
import { client } from '../../client.ts';
import { addresses } from '../../state/address.ts';
import { useOperation } from '../../state/use-operation.ts';
import { plural, t } from '../../words.ts';
import { Countdown, useLeftMs } from '../countdown.tsx';
import { useWaitlistMoved } from '../use-waitlist-moved.ts';

/** Lists what runs out if nothing is done: offers from waitlists, and bookings that are not paid. */
export const Waiting = () => {
  const bookings = useOperation('booking.list', { limit: 50 });
  const entries = useOperation('waitlist.list', { limit: 50 });
  useEffect(() => client.on('booking.changed', bookings.reload), []);
  useWaitlistMoved(entries.reload);
  const unpaid = (bookings.data?.items ?? []).filter(
    ({ status }) => status === 'HELD' || status === 'AWAITING_PAYMENT',
  );
  const offers = (entries.data?.items ?? []).filter(({ status }) => status === 'OFFERED');
  return (
    <>
      {offers.map(({ id, eventId, offer }) => (
        <Line
          key={id}
          until={offer?.expiresAt ?? null}
          words={t('Seats that you waited for are yours to take')}
          href={addresses.book(eventId)}
          action={t('Take them')}
        />
      ))}
      {unpaid.map(({ id, eventTitle, quantity, holdExpiresAt }) => (
        <Line
          key={id}
          until={holdExpiresAt}
          words={plural(quantity, '{count} ticket kept: {title}', '{count} tickets kept: {title}', {
            title: eventTitle,
          })}
          href={addresses.booking(id)}
          action={t('Pay now')}
        />
      ))}
    </>
  );
};

interface LineProps {
  until: string | null;
  words: string;
  href: string;
  action: string;
}

const Line = ({ until, words, href, action }: LineProps) => {
  const leftMs = useLeftMs(until);
  if (leftMs === 0) return null;
  return (
    <aside class="card line spread attention">
      <p>
        {words} <Countdown leftMs={leftMs} />
      </p>
      <a class="quiet" href={href}>
        {action}
      </a>
    </aside>
  );
};
