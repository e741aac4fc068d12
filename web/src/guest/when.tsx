import { ownZone, span } from '../format.ts';
import { t } from '../words.ts';

interface Props {
  event: { startDate: string; endDate: string; timeZone: string };
}

/** From when to when, in the event's zone, and in the reader's where the clock there says something else. */
export const When = ({ event: { startDate, endDate, timeZone } }: Props) => {
  const here = ownZone();
  const own = span(startDate, endDate, here);
  const isSame = clockAt(startDate, timeZone) === clockAt(startDate, here);
  return (
    <span class="when">
      <time dateTime={startDate}>{span(startDate, endDate, timeZone)}</time>
      {!isSame && <small>{t('For you: {when}', { when: own })}</small>}
    </span>
  );
};

const clockAt = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso));

/** Where an event takes place, in one line; null for one that says nothing. */
export const placeOf = (event: { venue: string | null; city: string | null; mode: string }): string | null => {
  const place = [event.venue, event.city].filter(Boolean).join(', ');
  if (place) return place;
  return event.mode === 'ONLINE' ? t('Online') : null;
};
