import '../guest.css';
import './tickets.css';
import { addresses } from '../../state/address.ts';
import { loadTickets, tickets, ticketsError } from '../../state/kept-tickets.ts';
import { usePages } from '../../state/use-pages.ts';
import { More } from '../../ui/more.tsx';
import { Empty, Failed, Loading } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { plural, t } from '../../words.ts';
import { EventLine } from '../event-line.tsx';
import { byEvent, type TicketsOfEvent } from './by-event.rules.ts';
import { KeptNote } from './kept-note.tsx';
import { useTickets } from './use-tickets.ts';

/** All own tickets: those to come, which are there without network, and those of events that are over. */
export const TicketsPage = () => {
  useTickets();
  return (
    <Page title={t('Your tickets')} actions={<a href={addresses.bookings}>{t('Bookings and payments')}</a>}>
      <KeptNote />
      <ToCome />
      <Past />
    </Page>
  );
};

const ToCome = () => {
  const [found, error] = [tickets.value, ticketsError.value];
  if (found === undefined) return error ? <Failed error={error} onRetry={() => void loadTickets()} /> : <Loading />;
  if (found.length === 0) {
    return (
      <Empty title={t('No tickets yet')}>
        <p>{t('Once you have one it is here, also without network.')}</p>
        <a class="primary as-button" href="/">
          {t('See what is on')}
        </a>
      </Empty>
    );
  }
  return <Groups groups={byEvent(found)} />;
};

const Groups = ({ groups }: { groups: TicketsOfEvent[] }) => (
  <ul class="event-list">
    {groups.map(({ event, tickets: own }) => (
      <li key={event.id}>
        <EventLine event={event} href={addresses.ticket(own[0]?.id ?? '')}>
          <span class="chip">{plural(own.length, '{count} ticket', '{count} tickets')}</span>
        </EventLine>
      </li>
    ))}
  </ul>
);

const Past = () => {
  const pages = usePages('ticket.list', { when: 'PAST', limit: 20 });
  if (!pages.data || pages.data.length === 0) return null;
  return (
    <section class="past" aria-labelledby="past-title">
      <h2 id="past-title">{t('Where you have been')}</h2>
      <ul class="event-list">
        {byEvent(pages.data).map(({ event, tickets: own }) => (
          <li key={event.id}>
            <EventLine event={event} href={addresses.booking(own[0]?.bookingId ?? '')}>
              {null}
            </EventLine>
          </li>
        ))}
      </ul>
      <More of={pages} />
    </section>
  );
};
