import { placeOf, priceWords } from './event-card.tsx';
import { EventFacts } from './event-facts.tsx';
import { momentOf, shortened } from './format.ts';
import { type Frame, Layout } from './layout.tsx';
import { Cover } from './picture.tsx';
import { Prose } from './prose.tsx';
import { type Sale, saleOf, seatsLeft } from './sale.ts';
import type { EventView, TeamMember, UpdateView } from './shapes.ts';
import { EventHead } from './social-head.tsx';
import { seatsWords } from './ticket-notes.ts';
import { Tickets } from './tickets.tsx';

/** A host, and whether they have a page that anybody may see. */
export interface Host extends TeamMember {
  hasPage: boolean;
}

export interface EventProps {
  frame: Frame;
  event: EventView;
  hosts: readonly Host[];
  updates: readonly UpdateView[];
}

/** Seats fewer than this are said at the top. */
const FEW_SEATS = 50;

/** An event, for whoever thinks of coming. */
export const EventPage = ({ frame, event, hosts, updates }: EventProps) => {
  const { t } = frame.reading;
  const address = `${frame.origin}/e/${event.slug}`;
  const description = shortened(event.summary ?? event.description, 200);
  const sale = saleOf(event, frame.now);
  const about = { event, hosts, address, description, origin: frame.origin, now: frame.now };
  return (
    <Layout
      frame={frame}
      title={`${event.title} · Rally`}
      description={description}
      // Who has the link may see an unlisted one; nobody finds it by a search.
      {...(event.visibility === 'PUBLIC' ? { canonical: address } : {})}
      head={<EventHead {...about} />}
    >
      <main id="content" class="event">
        <article>
          <Cover id={event.id} cover={event.cover} sizes="(min-width: 900px) 680px, 94vw" isFirst />
          <div class="event-title">
            <Chips frame={frame} event={event} sale={sale} />
            <h1 dir="auto" lang={event.language}>
              {event.title}
            </h1>
            {event.summary && (
              <p class="lead" dir="auto" lang={event.language}>
                {event.summary}
              </p>
            )}
          </div>
          <EventFacts frame={frame} event={event} hosts={hosts} />
          <Updates frame={frame} event={event} updates={updates} />
          <section>
            <h2>{t('About')}</h2>
            <Prose text={event.description} lang={event.language} />
          </section>
          <section class="share">
            <h2>{t('Tell others')}</h2>
            <p>
              <a class="share-link" href={address} data-share={event.title} data-said={t('The link is copied.')}>
                {address}
              </a>{' '}
              <span role="status" />
            </p>
          </section>
        </article>
        <Tickets frame={frame} event={event} sale={sale} />
      </main>
      {sale === 'open' && <Bar frame={frame} event={event} />}
    </Layout>
  );
};

/** Says that an event is cancelled, moved, sold out or over; nothing while it can be booked. */
const newsOf = ({ t }: Frame['reading'], sale: Sale): [words: string, kind: string] | null => {
  if (sale === 'cancelled') return [t('Called off'), 'bad'];
  if (sale === 'postponed') return [t('Postponed'), 'warm'];
  if (sale === 'over') return [t('Over'), 'plain'];
  return sale === 'full' || sale === 'waitlist' ? [t('Sold out'), 'warm'] : null;
};

/** Shows the description of the event and its updates. */
const Chips = ({ frame, event, sale }: Pick<EventProps, 'frame' | 'event'> & { sale: Sale }) => {
  const { t } = frame.reading;
  const { category, ageRestriction } = event;
  const left = sale === 'open' ? seatsLeft(event) : null;
  const news = newsOf(frame.reading, sale);
  return (
    <p class="chips">
      {category && (
        <a class="chip" href={`/?category=${encodeURIComponent(category.slug)}`}>
          {category.name}
        </a>
      )}
      {news && <span class={`chip ${news[1]}`}>{news[0]}</span>}
      {left !== null && left < FEW_SEATS && <span class="chip warm">{seatsWords(frame.reading, left)}</span>}
      {ageRestriction !== 'ALL_AGES' && (
        <span class="chip plain">{t('From {age} years', { age: ageRestriction.slice('AGE_'.length) })}</span>
      )}
    </p>
  );
};

const Updates = ({ frame, event, updates }: Pick<EventProps, 'frame' | 'event' | 'updates'>) => {
  const { reading, now } = frame;
  if (updates.length === 0) return null;
  const pinnedFirst = [...updates].sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
  return (
    <section class="card updates">
      <h2>{reading.t('News from the hosts')}</h2>
      {pinnedFirst.map(({ title, body, publishedAt }) => (
        <article>
          <h3 dir="auto" lang={event.language}>
            {title}
          </h3>
          <Prose text={body} lang={event.language} />
          <small>
            <time datetime={publishedAt}>{momentOf(reading, publishedAt, event.timeZone, now)}</time>
          </small>
        </article>
      ))}
    </section>
  );
};

/** On a phone, the price and the way to the tickets stay in sight. */
const Bar = ({ frame, event }: Pick<EventProps, 'frame' | 'event'>) => {
  const { reading } = frame;
  const { t } = reading;
  return (
    <nav class="bar" aria-label={t('To the tickets')}>
      <p>
        <b class="num">{priceWords(reading, event)}</b>
        <small dir="auto">{placeOf(frame, event)}</small>
      </p>
      <a class="button" href="#tickets">
        {t('Get tickets')}
      </a>
    </nav>
  );
};
