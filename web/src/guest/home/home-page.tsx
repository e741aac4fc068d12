import '../guest.css';
import '../tickets/tickets.css';
import './home.css';
import { unreadTotal } from '../../chat/chat-list.ts';
import { client } from '../../client.ts';
import { addresses } from '../../state/address.ts';
import { loadTickets, tickets, ticketsError } from '../../state/kept-tickets.ts';
import { unreadNews } from '../../state/news.ts';
import { me } from '../../state/session.ts';
import { Empty, Failed, Loading } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { plural, t } from '../../words.ts';
import { Cover } from '../cover.tsx';
import { EventLine } from '../event-line.tsx';
import { byEvent, type TicketsOfEvent } from '../tickets/by-event.rules.ts';
import { KeptNote } from '../tickets/kept-note.tsx';
import { useTickets } from '../tickets/use-tickets.ts';
import { placeOf, When } from '../when.tsx';
import { SavedEvents } from './saved-events.tsx';
import { startsIn } from './starts-in.ts';
import { Waiting } from './waiting.tsx';

/** Where one begins: the next ticket, what waits to be done, what comes after. */
export const HomePage = () => {
  useTickets();
  const name = me.value?.profile.firstName;
  const [next, ...later] = byEvent(tickets.value ?? []);
  return (
    <Page title={name ? t('Hello {name}', { name }) : t('Home')}>
      <KeptNote />
      {tickets.value === undefined && !ticketsError.value && <Loading />}
      {ticketsError.value && !tickets.value && <Failed error={ticketsError.value} onRetry={() => void loadTickets()} />}
      {next && <Next of={next} />}
      {tickets.value?.length === 0 && (
        <Empty title={t('Nothing planned yet')}>
          <a class="primary as-button" href="/">
            {t('See what is on')}
          </a>
        </Empty>
      )}
      <Waiting />
      <Unread />
      {later.length > 0 && (
        <section class="home-part" aria-labelledby="later-title">
          <h2 id="later-title">{t('After that')}</h2>
          <ul class="event-list">
            {later.map(({ event, tickets: own }) => (
              <li key={event.id}>
                <EventLine event={event} href={addresses.ticket(own[0]?.id ?? '')}>
                  <span class="chip">{plural(own.length, '{count} ticket', '{count} tickets')}</span>
                </EventLine>
              </li>
            ))}
          </ul>
        </section>
      )}
      <SavedEvents />
    </Page>
  );
};

const Next = ({ of: { event, tickets: own } }: { of: TicketsOfEvent }) => (
  <article class="next-event">
    <Cover event={event} />
    <div>
      <p>
        <span class="chip warm">{startsIn(event, client.serverNowMs())}</span>
      </p>
      <h2>{event.title}</h2>
      <When event={event} />
      {placeOf(event) && <span>{placeOf(event)}</span>}
      <a class="primary as-button wide" href={addresses.ticket(own[0]?.id ?? '')}>
        {plural(own.length, 'Show my ticket', 'Show my {count} tickets')}
      </a>
    </div>
  </article>
);

const Unread = () => {
  const [chats, news] = [unreadTotal.value, unreadNews.value];
  if (chats + news === 0) return null;
  return (
    <div class="line">
      {chats > 0 && (
        <a class="quiet" href={addresses.chats}>
          {plural(chats, '{count} new message', '{count} new messages')}
        </a>
      )}
      {news > 0 && (
        <a class="quiet" href={addresses.notifications}>
          {plural(news, '{count} piece of news', '{count} pieces of news')}
        </a>
      )}
    </div>
  );
};
