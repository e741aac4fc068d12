import { useEffect, useState } from 'preact/hooks';
import { addresses } from '../../state/address.ts';
import { usePages } from '../../state/use-pages.ts';
import { Field } from '../../ui/field.tsx';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { Select } from '../../ui/select.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import type { EventProps } from './event-page.tsx';
import { GuestLine } from './guest-line.tsx';
import { saveGuests } from './save-guests.ts';

type State = 'COMING' | 'CAME' | 'CANCELLED';

/** A pause in typing before names are looked for. */
const PAUSE_MS = 250;

/** Lists the guests: they can be found by name or reference, filtered by kind and state, and saved as a table. */
export const GuestsPart = ({ event }: EventProps) => {
  const [words, setWords] = useState('');
  const [ticketTypeId, setType] = useState('');
  const [state, setState] = useState<State | ''>('');
  const query = useSettled(words.trim());
  const wanted = {
    eventId: event.id,
    ...(query === '' ? {} : { query }),
    ...(ticketTypeId === '' ? {} : { ticketTypeId }),
    ...(state === '' ? {} : { state }),
  };
  const guests = usePages('guest.list', wanted);
  const isFiltered = Object.keys(wanted).length > 1;
  return (
    <section class="card" aria-labelledby="guests-title">
      <div class="line page-header">
        <h2 id="guests-title">{t('Guests')}</h2>
        <Save event={event} />
      </div>
      <div class="fields">
        <Field label={t('Name or reference')} type="search" autocomplete="off" value={words} onInput={setWords} />
        <Select
          label={t('Kind of ticket')}
          name="type"
          choices={[['', t('All kinds')], ...event.ticketTypes.map(({ id, name }) => [id, name] as const)]}
          value={ticketTypeId}
          onChange={setType}
        />
        <Select
          label={t('State')}
          name="state"
          choices={[
            ['', t('Everybody with a ticket')],
            ['COMING', t('Not here yet')],
            ['CAME', t('Came')],
            ['CANCELLED', t('Gave it back')],
          ]}
          value={state}
          // Safe: the choices are these.
          onChange={(value) => setState(value as State | '')}
        />
      </div>
      <Outcome of={guests}>
        {(items) => (items.length === 0 ? <NoGuests event={event} isFiltered={isFiltered} /> : null)}
      </Outcome>
      <ul class="things" aria-label={t('Guests')}>
        {guests.data?.map((guest) => (
          <GuestLine key={guest.admissionId} guest={guest} event={event} reload={guests.reload} />
        ))}
      </ul>
      <More of={guests} />
    </section>
  );
};

const NoGuests = ({ event, isFiltered }: Pick<EventProps, 'event'> & { isFiltered: boolean }) => {
  if (isFiltered) return <Empty title={t('Nobody fits')} />;
  return (
    <Empty title={t('Nobody has booked yet')}>
      <p>{t('Share the link of the event: whoever books shows here at once.')}</p>
      <a class="quiet" href={addresses.event(event.slug)}>
        {t('As guests see it')}
      </a>
    </Empty>
  );
};

const Save = ({ event }: Pick<EventProps, 'event'>) => {
  const { busy, problem, submit } = useSubmit();
  return (
    <span class="line">
      <span class="form-problem" role="alert">
        {problem}
      </span>
      <button type="button" class="quiet" disabled={busy} onClick={() => void submit(() => saveGuests(event))}>
        {busy ? t('Collecting…') : t('Save as a table (CSV)')}
      </button>
    </span>
  );
};

/** Gives the text once nothing was typed for a moment. */
const useSettled = (words: string): string => {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
};
