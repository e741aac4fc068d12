import { placeOf } from './event-card.tsx';
import type { EventProps } from './event-page.tsx';
import { leafOf, spanOf, zoneOf } from './format.ts';
import { Face } from './picture.tsx';

type FactsProps = Pick<EventProps, 'frame' | 'event' | 'hosts'>;

/** When, where, by whom, and who comes. */
export const EventFacts = (props: FactsProps) => (
  <ul class="facts">
    <When {...props} />
    <Where {...props} />
    <Hosts {...props} />
    <Going {...props} />
  </ul>
);

const When = ({ frame, event }: FactsProps) => {
  const { reading, now } = frame;
  const { t } = reading;
  const { startDate, endDate, timeZone, slug, status } = event;
  const leaf = leafOf(reading, startDate, timeZone);
  return (
    <li>
      <span class="fact-icon leaf" aria-hidden="true">
        <b>{leaf.month}</b>
        {leaf.day}
      </span>
      <div>
        <p class="fact">
          <time datetime={startDate}>{spanOf(reading, event, now)}</time>
        </p>
        <small>
          {status === 'POSTPONED' ? t('as it was planned; the new date is told here') : zoneOf(reading, timeZone)}
          {/* Filled by the script where the reader's clock shows another time. */}
          <span
            hidden
            data-start={startDate}
            data-end={endDate}
            data-zone={timeZone}
            data-words={t('{time} where you are')}
          />
          {' · '}
          <a href={`/e/${slug}.ics`}>{t('Add to calendar')}</a>
        </small>
      </div>
    </li>
  );
};

const Where = ({ frame, event }: FactsProps) => {
  const { t } = frame.reading;
  const { mode, venue, address, city, region, country, latitude, longitude } = event;
  const place = venue ?? placeOf(frame, event);
  // What the line above says already is not said again.
  const lines = [address, city, region, country].filter((part) => part !== null && part !== '' && part !== place);
  const isThere = mode !== 'ONLINE';
  return (
    <li>
      <span class="fact-icon">
        <svg viewBox="0 0 24 24" class="icon" aria-hidden="true">
          {isThere ? (
            <path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21Zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z" />
          ) : (
            <path d="M3 5h18v11H3zM8 20h8M12 16v4" />
          )}
        </svg>
      </span>
      <div>
        <p class="fact" dir="auto">
          {place}
        </p>
        <small>
          {isThere && <span dir="auto">{lines.join(', ')}</span>}
          {!isThere && t('Who has a ticket is told the address.')}
          {isThere && latitude !== null && longitude !== null && (
            <>
              {lines.length > 0 && ' · '}
              <a
                rel="noreferrer noopener"
                href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
              >
                {t('Map')}
              </a>
            </>
          )}
        </small>
      </div>
    </li>
  );
};

const Hosts = ({ frame, hosts }: FactsProps) => {
  const { t } = frame.reading;
  return (
    <>
      {hosts.map(({ userId, username, firstName, lastName, avatarUrl, role, hasPage }) => {
        const name = `${firstName} ${lastName}`.trim();
        return (
          <li>
            <Face {...{ id: userId, firstName, lastName }} url={avatarUrl} class="fact-icon" />
            <div>
              <p class="fact" dir="auto">
                {hasPage ? <a href={`/u/${username}`}>{name}</a> : name}
              </p>
              <small>{role === 'OWNER' ? t('Host') : t('Co-host')}</small>
            </div>
          </li>
        );
      })}
    </>
  );
};

const Going = ({ frame, event }: FactsProps) => {
  const { plural } = frame.reading;
  const { currentParticipants: count, status } = event;
  if (count === 0 || status === 'CANCELLED') return null;
  const words =
    status === 'COMPLETED'
      ? plural(count, '{count} person was there', '{count} people were there')
      : plural(count, '{count} person is going', '{count} people are going');
  return (
    <li>
      <span class="fact-icon">
        <svg viewBox="0 0 24 24" class="icon" aria-hidden="true">
          <path d="M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.900 1.9 6.5 5.5M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.9c1.9.8 3.1 2.6 3.5 5.1" />
        </svg>
      </span>
      <div>
        <p class="fact">{words}</p>
      </div>
    </li>
  );
};
