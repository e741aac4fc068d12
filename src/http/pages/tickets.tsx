import { momentOf, money } from './format.ts';
import type { Frame } from './layout.tsx';
import { refundWords } from './refund-words.ts';
import { isBookable, mostOf, opensAt, type Sale } from './sale.ts';
import type { EventView, TicketTypeView } from './shapes.ts';
import { ticketNotes } from './ticket-notes.ts';

interface TicketsProps {
  frame: Frame;
  event: EventView;
  sale: Sale;
}

/** The list of numbers ends here; a guest who needs more says so on the next page. */
const MOST_OFFERED = 10;

/** Kinds of tickets with what they cost, and the way to get them. */
export const Tickets = ({ frame, event, sale }: TicketsProps) => {
  const { reading, now } = frame;
  const { t } = reading;
  const bookable = event.ticketTypes.filter((type) => isBookable(event, type, now));
  const chosen = bookable[0]?.id;
  const most = Math.min(MOST_OFFERED, Math.max(1, ...bookable.map(mostOf)));
  const hasPrice = event.ticketTypes.some(({ price }) => price.amountMinor > 0);
  return (
    <aside id="tickets" class="tickets" aria-labelledby="tickets-title">
      <h2 id="tickets-title">{t('Tickets')}</h2>
      <SaleLine frame={frame} event={event} sale={sale} />
      <form method="get" action={`/app/events/${event.id}/book`}>
        <fieldset class="types">
          <legend class="hidden">{t('Kind of ticket')}</legend>
          {event.ticketTypes.map((type) => (
            <TypeLine
              frame={frame}
              event={event}
              type={type}
              isBookable={bookable.includes(type)}
              isChosen={type.id === chosen}
              isOpen={sale === 'open'}
            />
          ))}
          {event.ticketTypes.length === 0 && <p class="hint">{t('No tickets are on sale.')}</p>}
        </fieldset>
        {sale === 'open' && (
          <>
            <label class="quantity">
              {t('How many')}
              <select name="quantity">
                {Array.from({ length: most }, (_each, index) => (
                  <option value={String(index + 1)}>{index + 1}</option>
                ))}
              </select>
            </label>
            <button class="button wide" type="submit">
              {event.approvalMode === 'MANUAL' ? t('Ask to join') : t('Get tickets')}
            </button>
          </>
        )}
        {sale === 'waitlist' && (
          <button class="button wide" type="submit">
            {t('Join the waitlist')}
          </button>
        )}
      </form>
      {hasPrice && sale !== 'cancelled' && sale !== 'over' && (
        <p class="hint refund">{refundWords(reading, event).join(' ')}</p>
      )}
    </aside>
  );
};

/** Why nothing can be booked, and what to do then. */
const SaleLine = ({ frame, event, sale }: TicketsProps) => {
  const words = saleWords(frame, event)[sale];
  return words === '' ? null : <p class={sale === 'cancelled' ? 'notice bad' : 'notice'}>{words}</p>;
};

const saleWords = ({ reading, now }: Frame, event: EventView): Record<Sale, string> => {
  const { t } = reading;
  const opens = opensAt(event, now);
  const manual = t('The hosts look at every request; you pay only once they have said yes.');
  return {
    cancelled: t('This event was called off. Whoever had a ticket gets all of the money back.'),
    postponed: t('This event is later than announced. Tickets stay good; the new date is told here.'),
    over: t('This event is over.'),
    closed: t('No tickets are sold any more.'),
    full: t('Sold out.'),
    waitlist: t('Sold out. Join the waitlist: when a seat is free it is offered to you.'),
    opens: opens === null ? '' : t('On sale from {time}.', { time: momentOf(reading, opens, event.timeZone, now) }),
    open: event.approvalMode === 'MANUAL' ? manual : '',
  };
};

interface TypeProps {
  frame: Frame;
  event: EventView;
  type: TicketTypeView;
  isBookable: boolean;
  isChosen: boolean;
  /** Something of the event can be booked. */
  isOpen: boolean;
}

const TypeLine = ({ frame, event, type, isBookable: can, isChosen, isOpen }: TypeProps) => {
  const { reading } = frame;
  const { id, name, description, priceWithTax } = type;
  const price = priceWithTax.amountMinor === 0 ? reading.t('Free') : money(reading, priceWithTax);
  const notes = ticketNotes(frame, event, type).join(' · ');
  const words = (
    <>
      <span class="type-words">
        <b dir="auto">{name}</b>
        {description && <small dir="auto">{description}</small>}
        {notes !== '' && <small>{notes}</small>}
      </span>
      <b class="num">{price}</b>
    </>
  );
  if (!isOpen) return <div class="type">{words}</div>;
  return (
    <label class={can ? 'type' : 'type out'} for={`type-${id}`}>
      <input id={`type-${id}`} type="radio" name="type" value={id} checked={isChosen} disabled={!can} required />
      {words}
    </label>
  );
};
