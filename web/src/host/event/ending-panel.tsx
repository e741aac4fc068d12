import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { money } from '../../format.ts';
import { addresses, goTo } from '../../state/address.ts';
import { forgetAnswers, useOperation } from '../../state/use-operation.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { plural, t } from '../../words.ts';
import type { EventProps } from './event-page.tsx';
import { RescheduleForm } from './reschedule-form.tsx';

/** Moves an event, calls it off, ends it or throws it away; each button says first what will happen. */
export const EndingPanel = ({ event, reload }: EventProps) => {
  const { status, myRole } = event;
  const mayEnd = myRole === 'OWNER' || myRole === 'CO_HOST';
  const isOn = status === 'PUBLISHED' || status === 'ONGOING' || status === 'POSTPONED';
  return (
    <section class="card" aria-labelledby="ending-title">
      <h2 id="ending-title">{t('Move it or end it')}</h2>
      {status === 'POSTPONED' && <RescheduleForm event={event} reload={reload} />}
      <div class="line">
        {status === 'PUBLISHED' && <Postpone event={event} reload={reload} />}
        {isOn && mayEnd && <CallOff event={event} reload={reload} />}
        {status === 'ONGOING' && (
          <Confirm
            label={t('It is over')}
            title={t('Is the event over?')}
            action={t('It is over')}
            onConfirm={() => client.call('event.complete', { eventId: event.id }).then(reload)}
          >
            <p>{t('The door closes, and what it earned becomes payable after the time we hold it back.')}</p>
          </Confirm>
        )}
        {status === 'DRAFT' && <ThrowAway event={event} />}
        {(status === 'COMPLETED' || status === 'CANCELLED') && event.archivedAt === null && mayEnd && (
          <Confirm
            label={t('Put it away')}
            title={t('Put the event away?')}
            action={t('Put it away')}
            onConfirm={() => client.call('event.archive', { eventId: event.id }).then(reload)}
          >
            <p>{t('Your lists no longer show it. Bookings, invoices and reviews stay.')}</p>
          </Confirm>
        )}
      </div>
      {event.cancellationNote && <p class="body-text">{event.cancellationNote}</p>}
    </section>
  );
};

const ThrowAway = ({ event }: Pick<EventProps, 'event'>) => (
  <Confirm
    label={t('Throw the draft away')}
    title={t('Throw this draft away?')}
    action={t('Throw it away')}
    isDanger
    onConfirm={async () => {
      await client.call('event.delete', { eventId: event.id });
      forgetAnswers();
      goTo(addresses.hosting);
    }}
  >
    <p>{t('Nobody has seen it yet. It cannot be brought back.')}</p>
  </Confirm>
);

/** The number of people who are concerned, and the amount of money. */
const Concerned = ({ event }: Pick<EventProps, 'event'>) => (
  <p>
    {event.currentParticipants === 0
      ? t('Nobody has a ticket yet.')
      : plural(event.currentParticipants, '{count} guest has a ticket.', '{count} guests have a ticket.')}
  </p>
);

const Postpone = ({ event, reload }: EventProps) => {
  const [note, setNote] = useState('');
  return (
    <Confirm
      label={t('Postpone')}
      title={t('Postpone the event?')}
      action={t('Postpone it and tell everybody')}
      onConfirm={async () => {
        await client.call('event.postpone', { eventId: event.id, note: note.trim() === '' ? null : note });
        reload();
      }}
    >
      <Concerned event={event} />
      <p>{t('Each is told. Tickets stay good, and nothing is sold until you name the new date.')}</p>
      <TextArea label={t('What do you tell them?')} maxLength={2_000} value={note} onInput={setNote} />
    </Confirm>
  );
};

const reasons = () =>
  [
    ['OTHER', t('Another reason')],
    ['HOST_UNAVAILABLE', t('We cannot be there')],
    ['VENUE_UNAVAILABLE', t('The place is not available')],
    ['TOO_FEW_PARTICIPANTS', t('Too few guests')],
    ['WEATHER', t('The weather')],
    ['SAFETY', t('It would not be safe')],
    ['LEGAL', t('A legal reason')],
  ] as const;
type Reason = ReturnType<typeof reasons>[number][0];

const CallOff = ({ event, reload }: EventProps) => {
  const [note, setNote] = useState('');
  const [reason, setReason] = useState<Reason>('OTHER');
  const sales = useOperation('sales.get', { eventId: event.id }).data;
  const back = sales && sales.taken.amountMinor - sales.refunded.amountMinor - sales.disputed.amountMinor;
  return (
    <Confirm
      label={t('Call it off')}
      title={t('Call the event off for good?')}
      action={t('Call it off and pay everybody back')}
      isDanger
      onConfirm={async () => {
        await client.call('event.cancel', { eventId: event.id, reason, note: note.trim() === '' ? null : note });
        reload();
      }}
    >
      <Concerned event={event} />
      {!!back && sales && (
        <p>
          <b>
            {t('{amount} goes back to them, all of what they paid.', { amount: money(back, sales.taken.currency) })}
          </b>
        </p>
      )}
      <p>{t('Each is told. Tickets are dead at once. This cannot be undone.')}</p>
      <Select
        label={t('Why')}
        name="reason"
        choices={reasons()}
        value={reason}
        // Safe: the choices are these.
        onChange={(value) => setReason(value as Reason)}
      />
      <TextArea label={t('What do you tell them?')} maxLength={2_000} value={note} onInput={setNote} />
    </Confirm>
  );
};
