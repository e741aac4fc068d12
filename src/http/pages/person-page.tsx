import { EventCard } from './event-card.tsx';
import { shortened } from './format.ts';
import { type Frame, Layout } from './layout.tsx';
import { Face } from './picture.tsx';
import type { EventCardView, Person } from './shapes.ts';
import { PersonHead } from './social-head.tsx';

interface Listed {
  items: EventCardView[];
  nextCursor: string | null;
}

export interface PersonProps {
  frame: Frame;
  person: Person;
  upcoming: Listed;
  past: Listed;
}

/** A person, with what they host. */
export const PersonPage = ({ frame, person, upcoming, past }: PersonProps) => {
  const { t } = frame.reading;
  const { id, username, firstName, lastName, headline, bio, avatar, avatarUrl, isVerified } = person;
  const name = `${firstName} ${lastName}`.trim();
  const address = `${frame.origin}/u/${username}`;
  const description = shortened(headline ?? bio ?? t('Events of {name} on Rally', { name }), 200);
  return (
    <Layout
      frame={frame}
      title={`${name} · Rally`}
      description={description}
      canonical={address}
      head={<PersonHead person={person} address={address} description={description} origin={frame.origin} />}
    >
      <main id="content" class="person">
        <header class="person-head">
          <Face
            {...{ id, firstName, lastName }}
            url={avatar?.sources.find(({ width }) => width >= 192)?.url ?? avatarUrl}
            class="face-large"
          />
          <div>
            <h1 dir="auto">{name}</h1>
            <p class="person-handle">
              @{username}
              {isVerified && <span class="chip good">{t('Verified')}</span>}
            </p>
            {headline && (
              <p class="person-line" dir="auto">
                {headline}
              </p>
            )}
          </div>
        </header>
        {bio && (
          <p class="prose" dir="auto">
            {bio}
          </p>
        )}
        <EventList
          frame={frame}
          title={t('Coming up')}
          listed={upcoming}
          more={`/u/${username}?when=upcoming&after=`}
          empty={t('{name} has nothing planned at the moment.', { name: firstName })}
        />
        {past.items.length > 0 && (
          <EventList frame={frame} title={t('Over')} listed={past} more={`/u/${username}?when=past&after=`} empty="" />
        )}
      </main>
    </Layout>
  );
};

interface EventListProps {
  frame: Frame;
  title: string;
  listed: Listed;
  /** The address of the next page, but for its cursor. */
  more: string;
  empty: string;
}

const EventList = ({ frame, title, listed, more, empty }: EventListProps) => {
  const { t } = frame.reading;
  return (
    <section>
      <h2>{title}</h2>
      {listed.items.length === 0 ? (
        <div class="empty">
          <p>{empty}</p>
          <p class="empty-ways">
            <a class="button quiet" href="/">
              {t('See what is on elsewhere')}
            </a>
          </p>
        </div>
      ) : (
        <ul class="cards">
          {listed.items.map((event) => (
            <EventCard frame={frame} event={event} />
          ))}
        </ul>
      )}
      {listed.nextCursor !== null && (
        <p class="more">
          <a class="button quiet" rel="next" href={more + encodeURIComponent(listed.nextCursor)}>
            {t('More events')}
          </a>
        </p>
      )}
    </section>
  );
};
