import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { addresses, goTo } from '../../state/address.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { plural, t } from '../../words.ts';
import { moneyOf } from '../amounts.tsx';
import { Countdown, useLeftMs } from '../countdown.tsx';
import { inGuestWords } from '../refusal.ts';
import { useWaitlistMoved } from '../use-waitlist-moved.ts';
import { type EventToBook, whyNot } from './order.rules.ts';

type Entry = Output<'waitlist.list'>['items'][number];

/** The line for tickets that are sold out: to join it, the own place in it, and the offer once it is one's turn. */
export const WaitlistPanel = ({ event }: { event: EventToBook }) => {
  const { data, reload } = useOperation('waitlist.list', { limit: 50 });
  useWaitlistMoved(reload);
  const own = (data?.items ?? []).filter(
    ({ eventId, status }) => eventId === event.id && (status === 'WAITING' || status === 'OFFERED'),
  );
  const soldOut = event.ticketTypes.filter(
    (type) =>
      whyNot(type, client.serverNowMs())?.kind === 'SOLD_OUT' && !own.some((each) => each.ticketTypeId === type.id),
  );
  return (
    <>
      {own.map((entry) => (
        <OwnPlace key={entry.id} {...{ event, entry }} onChange={reload} />
      ))}
      {data &&
        event.waitlistEnabled &&
        soldOut.map((type) => <Join key={type.id} {...{ event, type }} onChange={reload} />)}
    </>
  );
};

interface JoinProps {
  event: EventToBook;
  type: EventToBook['ticketTypes'][number];
  onChange: () => void;
}

const Join = ({ event, type, onChange }: JoinProps) => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const join = async (): Promise<void> => {
    const input = { eventId: event.id, ticketTypeId: type.id, quantity: type.minPerOrder };
    if (await submit(() => inGuestWords(client.call('waitlist.join', input)))) onChange();
  };
  return (
    <aside class="card attention">
      <h2>{t('{name} is sold out', { name: type.name })}</h2>
      <p>
        {t('Wait in line: when a seat comes free it is offered to you, for {price}.', {
          price: moneyOf(type.priceWithTax),
        })}
      </p>
      <p class="form-problem" role="alert">
        {problem ?? fieldProblem('quantity') ?? fieldProblem('ticketTypeId')}
      </p>
      <div class="line">
        <button type="button" class="primary" disabled={busy} onClick={() => void join()}>
          {busy ? t('One moment…') : t('Wait in line')}
        </button>
      </div>
    </aside>
  );
};

interface PlaceProps {
  event: EventToBook;
  entry: Entry;
  onChange: () => void;
}

const nameOf = ({ event, entry }: Pick<PlaceProps, 'event' | 'entry'>): string => {
  const wanted = entry.offer?.ticketTypeId ?? entry.ticketTypeId;
  return event.ticketTypes.find(({ id }) => id === wanted)?.name ?? t('any ticket');
};

const OwnPlace = ({ event, entry, onChange }: PlaceProps) => {
  if (entry.status === 'OFFERED' && entry.offer?.status === 'OFFERED') return <Offer {...{ event, entry, onChange }} />;
  const name = nameOf({ event, entry });
  return (
    <aside class="card attention" aria-live="polite">
      <h2>{t('You wait for {name}', { name })}</h2>
      <p>
        {entry.position === 1 && t('You are next.')}
        {entry.position !== null &&
          entry.position > 1 &&
          t('You are number {position} in line.', { position: entry.position })}{' '}
        {t('We tell you as soon as seats are yours to take.')}
      </p>
      <div class="line">
        <Confirm
          label={t('Leave the line')}
          title={t('Leave the line?')}
          action={t('Leave it')}
          onConfirm={async () => {
            await client.call('waitlist.leave', { entryId: entry.id });
            onChange();
          }}
        >
          <p>{t('Your place goes to the next. If you come back later you stand at the end.')}</p>
        </Confirm>
      </div>
    </aside>
  );
};

const Offer = ({ event, entry, onChange }: PlaceProps) => {
  const accepting = useSubmit();
  const { offer } = entry;
  const leftMs = useLeftMs(offer?.expiresAt ?? null);
  if (!offer) return null;
  const name = nameOf({ event, entry });
  const accept = (): Promise<boolean> =>
    accepting.submit(async () => {
      const { id } = await inGuestWords(client.call('waitlist.accept', { entryId: entry.id }));
      goTo(addresses.booking(id));
    });
  return (
    <aside class="card attention is-offer">
      <h2>
        {plural(offer.quantity, 'It is your turn: {count} × {name}', 'It is your turn: {count} × {name}', { name })}
      </h2>
      <p>
        {leftMs > 0 ? t('Yours to take for') : t('The offer has ended and the seats went to the next in line.')}{' '}
        {leftMs > 0 && <Countdown leftMs={leftMs} />}
      </p>
      {offer.price && <p>{t('{price} each, before tax and fee', { price: moneyOf(offer.price) })}</p>}
      <p class="form-problem" role="alert">
        {accepting.problem}
      </p>
      {leftMs > 0 && (
        <div class="line">
          <button type="button" class="primary" disabled={accepting.busy} onClick={() => void accept()}>
            {accepting.busy ? t('One moment…') : t('Take it')}
          </button>
          <Confirm
            label={t('No, thank you')}
            title={t('Let it go?')}
            action={t('Let it go')}
            onConfirm={async () => {
              await inGuestWords(client.call('waitlist.decline', { entryId: entry.id }));
              onChange();
            }}
          >
            <p>{t('The seats are offered to the next, and you leave the line.')}</p>
          </Confirm>
        </div>
      )}
    </aside>
  );
};
