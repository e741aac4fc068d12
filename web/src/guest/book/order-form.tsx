import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { addresses, goTo } from '../../state/address.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { plural, t } from '../../words.ts';
import { Amounts, priceOf } from '../amounts.tsx';
import { quotedTotals } from '../booking/quoted-totals.ts';
import { inGuestWords } from '../refusal.ts';
import { CodeField } from './code-field.tsx';
import { GuestFields, type GuestNamed, guestsOf } from './guest-fields.tsx';
import { askedFor, countOf, type EventToBook, itemsOf, type Quantities, whyNot } from './order.rules.ts';
import { TypeRow } from './type-row.tsx';
import { codeProblemOf, type Quoted, useQuote } from './use-quote.ts';

interface Props {
  event: EventToBook;
  /** Counts the changes of the event since the page was opened. */
  changes: number;
  code: string | undefined;
  onCode: (code: string | undefined) => void;
}

/** Kinds of tickets, how many of each, a code, who comes along, and what it costs. */
export const OrderForm = ({ event, changes, code, onCode }: Props) => {
  const nowMs = client.serverNowMs();
  const [quantities, setQuantities] = useState<Quantities>(() => askedFor(location.search, event.ticketTypes, nowMs));
  const [guests, setGuests] = useState<GuestNamed[]>([]);
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const open = event.ticketTypes.filter((type) => whyNot(type, nowMs) === null);
  const items = itemsOf(open, quantities);
  const count = countOf(quantities);
  const order = { eventId: event.id, items, ...(code === undefined ? {} : { promoCode: code }) };
  const quoted = useQuote(items.length === 0 ? null : order, changes);
  const itemProblem = items.map((_, index) => fieldProblem(`items.${index}.quantity`)).find(Boolean);
  const book = (): Promise<boolean> =>
    submit(async () => {
      const named = guestsOf(guests, count - 1, t('Guest'));
      const booking = await inGuestWords(
        client.call('booking.create', named.length === 0 ? order : { ...order, guests: named }),
      );
      if (quoted.quote) quotedTotals.set(booking.id, quoted.quote.total.amountMinor);
      goTo(addresses.booking(booking.id));
    });
  return (
    <>
      <ul class="types card">
        {event.ticketTypes.map((type) => (
          <TypeRow
            key={type.id}
            type={type}
            reason={whyNot(type, nowMs)}
            timeZone={event.timeZone}
            quantity={quantities[type.id] ?? 0}
            onChange={(quantity) => setQuantities((before) => ({ ...before, [type.id]: quantity }))}
          />
        ))}
      </ul>
      <CodeField code={code} problem={codeProblemOf(quoted)} onChange={onCode} />
      {count > 1 && <GuestFields count={count - 1} guests={guests} onChange={setGuests} problemOf={fieldProblem} />}
      {count > 0 && (
        <Summary {...{ quoted, count, busy }} problem={problem ?? itemProblem} onBook={() => void book()} />
      )}
    </>
  );
};

interface SummaryProps {
  quoted: Quoted;
  count: number;
  busy: boolean;
  problem: string | undefined;
  onBook: () => void;
}

const Summary = ({ quoted, count, busy, problem, onBook }: SummaryProps) => {
  const { quote, error, isStale } = quoted;
  const isRefused = error !== null && codeProblemOf(quoted) === undefined;
  return (
    <section class="card summary" aria-label={t('What it costs')} aria-busy={isStale}>
      {quote && <Amounts of={quote} />}
      {quote && !quote.isAvailable && (
        <p class="form-problem">{t('Not that many seats are left. Choose fewer, or another kind of ticket.')}</p>
      )}
      <p class="form-problem" role="alert">
        {problem ?? (isRefused ? error.message : undefined)}
      </p>
      <button
        type="button"
        class="primary wide"
        disabled={busy || isStale || isRefused || !quote?.isAvailable}
        onClick={onBook}
      >
        {busy ? t('One moment…') : actionOf(quote, count)}
      </button>
      <p>
        <small>{quote && noteOf(quote)}</small>
      </p>
    </section>
  );
};

type Quote = Quoted['quote'];

const actionOf = (quote: Quote, count: number): string => {
  if (quote?.needsApproval) return t('Ask to come');
  if (quote?.total.amountMinor === 0) return plural(count, 'Get {count} ticket', 'Get {count} tickets');
  const price = quote ? priceOf(quote.total) : '';
  return plural(count, 'Keep {count} ticket for {price}', 'Keep {count} tickets for {price}', { price });
};

const noteOf = (quote: NonNullable<Quote>): string => {
  if (quote.needsApproval) return t('The host looks at each request. You pay nothing until you are let in.');
  if (quote.total.amountMinor === 0) return t('Nothing to pay: the tickets are yours at once.');
  return t('The tickets are kept for you while you pay.');
};
