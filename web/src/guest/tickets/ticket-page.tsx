import '../guest.css';
import './tickets.css';
import { addresses } from '../../state/address.ts';
import { loadTickets, type Ticket, tickets, ticketsError } from '../../state/kept-tickets.ts';
import { Empty, Failed, Loading } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { t } from '../../words.ts';
import { CalendarButton } from './calendar-button.tsx';
import { GiveBack } from './give-back.tsx';
import { KeptNote } from './kept-note.tsx';
import { NewCode } from './new-code.tsx';
import { Pass } from './pass.tsx';
import { Transfer } from './transfer.tsx';
import { useTickets } from './use-tickets.ts';

/** One ticket with its code, large enough for a door, and what one may do with it. */
export const TicketPage = ({ ticketId }: { ticketId: string }) => {
  useTickets();
  const ticket = tickets.value?.find(({ id }) => id === ticketId);
  return (
    <Page title={ticket?.event.title ?? t('Your ticket')} actions={<a href={addresses.tickets}>{t('All tickets')}</a>}>
      {ticket ? <Shown ticket={ticket} /> : <Missing />}
    </Page>
  );
};

const Missing = () => {
  const [found, error] = [tickets.value, ticketsError.value];
  if (found === undefined) return error ? <Failed error={error} onRetry={() => void loadTickets()} /> : <Loading />;
  return (
    <Empty title={t('This ticket is not yours any more')}>
      <p>{t('It was passed on or given back, or the event is over.')}</p>
      <a class="quiet" href={addresses.tickets}>
        {t('All tickets')}
      </a>
    </Empty>
  );
};

const Shown = ({ ticket }: { ticket: Ticket }) => {
  const ofEvent = (tickets.value ?? []).filter(({ event }) => event.id === ticket.event.id);
  const index = ofEvent.indexOf(ticket);
  const [before, after] = [ofEvent[index - 1], ofEvent[index + 1]];
  return (
    <>
      <KeptNote />
      {ofEvent.length > 1 && (
        <nav class="line spread" aria-label={t('Your tickets of this event')}>
          {before ? <a href={addresses.ticket(before.id)}>{t('The one before')}</a> : <span />}
          <span class="num">{t('{number} of {count}', { number: index + 1, count: ofEvent.length })}</span>
          {after ? <a href={addresses.ticket(after.id)}>{t('The next one')}</a> : <span />}
        </nav>
      )}
      <Pass key={ticket.id} ticket={ticket} />
      <div class="line">
        {ticket.isTransferable && !ticket.isEntered && <Transfer ticket={ticket} />}
        {!ticket.isEntered && <GiveBack ticket={ticket} />}
        {ticket.code !== null && !ticket.isEntered && <NewCode ticket={ticket} />}
        <CalendarButton ticketId={ticket.id} />
        <a class="quiet" href={addresses.booking(ticket.bookingId)}>
          {t('The booking')}
        </a>
      </div>
    </>
  );
};
