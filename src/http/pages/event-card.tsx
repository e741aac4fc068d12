import { leafOf, money, spanOf, zoneOf } from './format.ts';
import type { Frame } from './layout.tsx';
import { Cover } from './picture.tsx';
import type { EventCardView } from './shapes.ts';

/** Fewer seats than this are said: they are news. */
const FEW_SEATS = 20;

interface CardProps {
  frame: Frame;
  event: EventCardView;
  /** The host, where the page does not name them anyway. */
  host?: string | null;
  isFirst?: boolean;
}

/** An event in a list: all of it leads to its page. */
export const EventCard = ({ frame, event, host = null, isFirst = false }: CardProps) => {
  const { reading, now } = frame;
  const { id, slug, title, cover, startDate, timeZone } = event;
  const leaf = leafOf(reading, startDate, timeZone);
  return (
    <li class="event-card">
      <div class="card-cover">
        <Cover
          id={id}
          cover={cover}
          sizes="(min-width: 1000px) 340px, (min-width: 640px) 46vw, 92vw"
          isFirst={isFirst}
        />
        <span class="leaf" aria-hidden="true">
          <b>{leaf.month}</b>
          {leaf.day}
        </span>
      </div>
      <div class="card-words">
        <p class="card-when">
          <time datetime={startDate}>{spanOf(reading, event, now)}</time> <small>{zoneOf(reading, timeZone)}</small>
        </p>
        <h3 dir="auto">
          <a href={`/e/${slug}`}>{title}</a>
        </h3>
        <p class="card-where" dir="auto">
          {placeOf(frame, event)}
        </p>
        {host !== null && <p class="card-host">{reading.t('Hosted by {name}', { name: host })}</p>}
        <p class="card-price">
          <PriceTag frame={frame} event={event} />
        </p>
      </div>
    </li>
  );
};

/** Where an event is, in a line. */
export const placeOf = (
  { reading: { t } }: Pick<Frame, 'reading'>,
  { mode, venue, city, country }: Pick<EventCardView, 'mode' | 'venue' | 'city' | 'country'>,
): string => {
  const place = [venue, city ?? country].filter((part) => part !== null && part !== '').join(', ');
  if (mode === 'ONLINE') return t('Online');
  if (mode === 'HYBRID') return place === '' ? t('There and online') : t('{place}, and online', { place });
  return place === '' ? t('The place is told later') : place;
};

/** Shows the price, or the reason why nothing is sold, and the number of seats when few are left. */
const PriceTag = ({ frame: { reading, now }, event }: { frame: Frame; event: EventCardView }) => {
  const { t, plural } = reading;
  const { status, endDate, isOnSale, isFree, isPriceFrom, price, maxParticipants, currentParticipants } = event;
  if (status === 'POSTPONED') return <span class="chip warm">{t('Postponed')}</span>;
  if (Date.parse(endDate) <= now.getTime()) return <span class="chip plain">{t('Over')}</span>;
  const left = maxParticipants === null ? null : maxParticipants - currentParticipants;
  if (!isOnSale) return <span class="chip plain">{left !== null && left <= 0 ? t('Sold out') : t('Not on sale')}</span>;
  return (
    <>
      <span class="chip">{priceWords(reading, { isFree, isPriceFrom, price })}</span>
      {left !== null && left > 0 && left < FEW_SEATS && (
        <span class="chip warm">{plural(left, '{count} seat left', '{count} seats left')}</span>
      )}
    </>
  );
};

/** `Free`, `€12.50`, `From €12.50`. */
export const priceWords = (
  reading: Frame['reading'],
  { isFree, isPriceFrom, price }: Pick<EventCardView, 'isFree' | 'isPriceFrom' | 'price'>,
): string => {
  const { t } = reading;
  if (isFree) return t('Free');
  const amount = money(reading, price);
  if (!isPriceFrom) return amount;
  return price.amountMinor === 0 ? t('Free or paid') : t('From {amount}', { amount });
};
