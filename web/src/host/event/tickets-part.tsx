import { useRef } from 'preact/hooks';
import { client } from '../../client.ts';
import { dateTime, money } from '../../format.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/outcome.tsx';
import { plural, t } from '../../words.ts';
import type { EventProps } from './event-page.tsx';
import { TicketForm } from './ticket-form.tsx';

type TicketType = EventProps['event']['ticketTypes'][number];

/** The kinds of tickets of an event, what each has sold, and a new one. */
export const TicketsPart = ({ event, reload }: EventProps) => {
  const { id: eventId, ticketTypes, timeZone, currency } = event;
  return (
    <div class="columns">
      <section class="card" aria-labelledby="types-title">
        <h2 id="types-title">{t('Kinds of tickets')}</h2>
        {ticketTypes.length === 0 && (
          <Empty title={t('Nothing is on sale')}>
            <p>{t('Add a kind of ticket; without one nobody can book.')}</p>
          </Empty>
        )}
        <ul class="things">
          {ticketTypes.map((type) => (
            <TypeLine key={type.id} event={event} type={type} reload={reload} />
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="new-type-title">
        <h2 id="new-type-title">{t('A new kind')}</h2>
        <TicketForm
          key={ticketTypes.length}
          zone={timeZone}
          currency={currency}
          onSave={async (input) => {
            await client.call('ticketType.create', { eventId, ...input });
            reload();
          }}
        />
      </section>
    </div>
  );
};

const STATES: Record<TicketType['status'], () => readonly [words: string, tone: string]> = {
  ON_SALE: () => [t('On sale'), 'good'],
  PAUSED: () => [t('Paused'), 'warm'],
  CLOSED: () => [t('Closed'), ''],
  DRAFT: () => [t('Draft'), ''],
};

const TypeLine = ({ event, type, reload }: EventProps & { type: TicketType }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const isSoldOut = type.status === 'ON_SALE' && type.available === 0;
  const [words, tone] = isSoldOut ? [t('Sold out'), 'warm'] : STATES[type.status]();
  const of = { eventId: event.id, ticketTypeId: type.id };
  const { sold = 0 } = type;
  return (
    <li>
      <div>
        <b>{type.name}</b> <span class={`chip ${tone}`}>{words}</span>{' '}
        {type.visibility !== 'PUBLIC' && <span class="chip warm">{t('Hidden')}</span>}
        <p>
          <small>
            {type.price.amountMinor === 0 ? t('Free') : money(type.price.amountMinor, type.price.currency)}
            {' · '}
            {type.capacity === null
              ? plural(sold, '{count} sold', '{count} sold')
              : plural(sold, '{count} of {most} sold', '{count} of {most} sold', { most: type.capacity })}
            {!!type.held && ` · ${plural(type.held, '{count} being paid', '{count} being paid')}`}
          </small>
        </p>
        {type.capacity !== null && type.capacity > 0 && (
          <progress max={type.capacity} value={sold} aria-label={t('Sold, of all {name}', { name: type.name })} />
        )}
        {type.salesEndAt && (
          <small>{t('On sale until {when}', { when: dateTime(type.salesEndAt, event.timeZone) })}</small>
        )}
      </div>
      <span class="line">
        <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
          {t('Change')}
          <span class="visually-hidden"> {type.name}</span>
        </button>
        <Confirm
          label={sold > 0 ? t('Close') : t('Remove')}
          title={sold > 0 ? t('Close “{name}”?', { name: type.name }) : t('Remove “{name}”?', { name: type.name })}
          action={sold > 0 ? t('Close') : t('Remove')}
          isDanger
          onConfirm={() => client.call('ticketType.delete', of).then(reload)}
        >
          <p>
            {sold > 0
              ? t('Nobody can buy it any more. Tickets that are sold stay good.')
              : t('Nobody has bought it. It is gone at once.')}
          </p>
        </Confirm>
      </span>
      <Dialog dialog={dialog} title={t('Change “{name}”', { name: type.name })}>
        <TicketForm
          key={JSON.stringify(type)}
          type={type}
          zone={event.timeZone}
          currency={event.currency}
          onSave={async (changes) => {
            await client.call('ticketType.edit', { ...of, ...changes });
            dialog.current?.close();
            reload();
          }}
        />
      </Dialog>
    </li>
  );
};
