import { useEffect } from 'preact/hooks';
import { addresses } from '../../state/address.ts';
import { loadTickets, tickets } from '../../state/kept-tickets.ts';
import { plural, t } from '../../words.ts';
import { Amounts } from '../amounts.tsx';
import { CalendarButton } from '../tickets/calendar-button.tsx';
import type { PartProps } from './booking-page.tsx';

/** Shows the tickets of a booking that is done, and links to go on. */
export const Done = ({ booking }: PartProps) => {
  useEffect(() => void loadTickets(), [booking.id]);
  const own = (tickets.value ?? []).filter(({ bookingId }) => bookingId === booking.id);
  const [first] = own;
  return (
    <section class="card">
      <h2>{plural(own.length, 'Your ticket', 'Your {count} tickets')}</h2>
      <ul class="rows">
        {own.map((ticket, index) => (
          <li key={ticket.id} class="line spread">
            <a href={addresses.ticket(ticket.id)}>
              {t('{name}, ticket {number}', { name: ticket.ticketTypeName, number: index + 1 })}
            </a>
            {ticket.guestName && <bdi>{ticket.guestName}</bdi>}
          </li>
        ))}
      </ul>
      <div class="line">
        {first && (
          <a class="primary as-button" href={addresses.ticket(first.id)}>
            {t('Show the code')}
          </a>
        )}
        {first && <CalendarButton ticketId={first.id} />}
        {/* The chat of an event has the event's own id. */}
        <a class="quiet" href={addresses.chat(booking.eventId)}>
          {t('To the chat')}
        </a>
        <a class="quiet" href={addresses.stage(booking.eventId)}>
          {t('To the stage')}
        </a>
      </div>
      <details class="more-choices">
        <summary>{t('What it cost')}</summary>
        <Amounts of={booking} />
      </details>
    </section>
  );
};
