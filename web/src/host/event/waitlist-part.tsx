import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { attempt } from '../../state/notice.ts';
import { usePages } from '../../state/use-pages.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { plural, t } from '../../words.ts';
import { usePeople } from '../use-people.ts';
import type { EventProps } from './event-page.tsx';

type Entry = Output<'waitlist.list'>['items'][number];

/** An entry that is served before all that are not moved. */
const FIRST = 1_000;

/** Lists the people who wait for seats, with their places and offers. */
export const WaitlistPart = ({ event }: EventProps) => {
  const entries = usePages('waitlist.list', { eventId: event.id });
  const nameOf = usePeople(entries.data?.map(({ userId }) => userId) ?? []);
  const shown = (entries.data ?? []).toSorted((a, b) => placeOf(a) - placeOf(b));
  return (
    <section class="card" aria-labelledby="waitlist-title">
      <h2 id="waitlist-title">{t('Waitlist')}</h2>
      <p class="muted">{t('Seats that come free are offered in this order, each for a while, by themselves.')}</p>
      <Outcome of={entries}>
        {(items) =>
          items.length === 0 && (
            <Empty title={t('Nobody waits')}>
              <p>{t('When a kind of ticket is sold out, people can wait for it here.')}</p>
            </Empty>
          )
        }
      </Outcome>
      <ul class="things">
        {shown.map((entry) => (
          <EntryLine key={entry.id} entry={entry} name={nameOf(entry.userId)} event={event} reload={entries.reload} />
        ))}
      </ul>
      <More of={entries} />
    </section>
  );
};

/** People with an offer come first, then those who wait, by their place, then those who do not wait any more. */
const placeOf = ({ position, status }: Entry): number => {
  if (status === 'OFFERED') return 0;
  return position ?? Number.MAX_SAFE_INTEGER;
};

const STATES: Record<Entry['status'], () => readonly [words: string, tone: string]> = {
  WAITING: () => [t('Waits'), ''],
  OFFERED: () => [t('Has an offer'), 'warm'],
  CONVERTED: () => [t('Got a ticket'), 'good'],
  LEFT: () => [t('Left'), ''],
  REMOVED: () => [t('Left'), ''],
  REVOKED: () => [t('Taken off'), ''],
};

interface LineProps extends EventProps {
  entry: Entry;
  name: string;
}

const EntryLine = ({ entry, name, event, reload }: LineProps) => {
  const { id: entryId, userId, quantity, position, status, offer, ticketTypeId } = entry;
  const [words, tone] = STATES[status]();
  const type = event.ticketTypes.find(({ id }) => id === ticketTypeId)?.name ?? t('any kind');
  const first = (): void => void attempt(client.call('waitlist.prioritize', { entryId, priority: FIRST }).then(reload));
  const isLive = status === 'WAITING' || status === 'OFFERED';
  return (
    <li>
      <div class="person-line">
        <Avatar id={userId} name={name} size="small" />
        <span>
          <b>
            {position !== null && `${position}. `}
            <bdi>{name}</bdi>
          </b>{' '}
          <span class={`chip ${tone}`}>{words}</span>
          <br />
          <small>
            {plural(quantity, '{count} ticket', '{count} tickets')} · {type}
            {offer?.status === 'OFFERED' &&
              ` · ${t('offered until {when}', { when: dateTime(offer.expiresAt, event.timeZone) })}`}
          </small>
        </span>
      </div>
      {isLive && (
        <span class="line">
          {status === 'WAITING' && position !== 1 && (
            <button type="button" class="quiet" onClick={first}>
              {t('Serve first')}
              <span class="visually-hidden"> {name}</span>
            </button>
          )}
          <Confirm
            label={t('Take off')}
            title={t('Take {name} off the list?', { name })}
            action={t('Take off')}
            isDanger
            onConfirm={() => client.call('waitlist.revoke', { entryId }).then(reload)}
          >
            <p>{t('An open offer of theirs ends, and the seats go to the next.')}</p>
          </Confirm>
        </span>
      )}
    </li>
  );
};
