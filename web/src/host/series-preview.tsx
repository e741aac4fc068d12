import { useOperation } from '../state/use-operation.ts';
import { Outcome } from '../ui/outcome.tsx';
import { locale, plural, t } from '../words.ts';
import { monthsOf } from './months.ts';
import { instantOf, type WallClock, wallClockOf } from './wall-clock.ts';

interface Props {
  start: WallClock;
  /** IANA. */
  zone: string;
  /** RRULE. */
  rule: string;
}

/** Months that are drawn at most; the rest is counted. */
const MAX_MONTHS = 6;

/** The days on which a rule makes events, as a calendar, before anybody makes them. */
export const SeriesPreview = ({ start, zone, rule }: Props) => {
  const preview = useOperation(
    'eventSeries.preview',
    start === '' || rule === '' ? null : { startDate: instantOf(start, zone), timeZone: zone, recurrenceRule: rule },
  );
  if (start === '' || rule === '') return null;
  return (
    <Outcome of={preview}>
      {({ occurrences, hasMore }) => (
        <section aria-label={t('Days of the series')}>
          <p>
            {hasMore
              ? t('It goes on without an end. Events are made twelve weeks ahead.')
              : plural(occurrences.length, '{count} event in all', '{count} events in all')}
          </p>
          <Calendar days={occurrences.map((at) => wallClockOf(at, zone).slice(0, 10))} />
        </section>
      )}
    </Outcome>
  );
};

/** Months with some days marked. @param days ISO dates, the earliest first */
export const Calendar = ({ days }: { days: readonly string[] }) => {
  const months = monthsOf(days);
  return (
    <ol class="calendar">
      {months.slice(0, MAX_MONTHS).map(({ month, offset, cells }) => (
        <li key={month}>
          <p class="calendar-month">{monthName(month)}</p>
          <ol class="calendar-days">
            {cells.map(({ day, isMarked }, place) => (
              <li
                key={day}
                class={isMarked ? 'is-marked' : ''}
                style={place === 0 ? { gridColumnStart: offset + 1 } : {}}
                aria-hidden={!isMarked}
              >
                {day}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
};

const monthName = (month: string): string =>
  new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
