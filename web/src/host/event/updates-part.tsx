import type { Input, Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { useDraft } from '../../live/use-draft.ts';
import { attempt } from '../../state/notice.ts';
import { useOperation } from '../../state/use-operation.ts';
import { usePages } from '../../state/use-pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { plural, t } from '../../words.ts';
import { Check } from '../check.tsx';
import { FormProblem, useForm } from '../use-form.tsx';
import type { EventProps } from './event-page.tsx';

type Update = Output<'eventUpdate.list'>['items'][number];
type Reach = Output<'eventUpdate.reach'>;
type Audience = Update['audience'];

const AUDIENCES: Record<Audience, () => string> = {
  PUBLIC: () => t('Everybody, on the event’s page'),
  PARTICIPANTS: () => t('Guests with a ticket'),
  WAITLIST: () => t('People who wait'),
  STAFF: () => t('The team'),
};

/** Lists the updates that the team has sent, and takes a new one, which says first whom it reaches. */
export const UpdatesPart = ({ event }: EventProps) => {
  const updates = usePages('eventUpdate.list', { eventId: event.id });
  const isOut = event.status !== 'DRAFT' && event.status !== 'PENDING_REVIEW';
  return (
    <div class="columns">
      {isOut ? (
        <NewUpdate eventId={event.id} reload={updates.reload} />
      ) : (
        <section class="card">
          <h2>{t('Write an update')}</h2>
          <p>{t('Publish the event first; then you can tell people about it.')}</p>
        </section>
      )}
      <section class="card" aria-labelledby="updates-title">
        <h2 id="updates-title">{t('Sent')}</h2>
        <Outcome of={updates}>
          {(items) =>
            items.length === 0 && (
              <Empty title={t('Nothing was sent yet')}>
                <p>{t('Tell guests how to get there, what to bring, or what has changed.')}</p>
              </Empty>
            )
          }
        </Outcome>
        <ul class="things">
          {updates.data?.map((update) => (
            <UpdateLine key={update.id} update={update} zone={event.timeZone} reload={updates.reload} />
          ))}
        </ul>
        <More of={updates} />
      </section>
    </div>
  );
};

const UpdateLine = ({ update, zone, reload }: { update: Update; zone: string; reload: () => void }) => {
  const { eventId, id: updateId, isPinned } = update;
  const pin = (): void =>
    void attempt(client.call('eventUpdate.pin', { eventId, updateId, isPinned: !isPinned }).then(reload));
  return (
    <li>
      <div>
        <h3>{update.title}</h3>
        <small>
          {dateTime(update.publishedAt, zone)} · {AUDIENCES[update.audience]()}
        </small>
        <p class="body-text">{update.body}</p>
      </div>
      <span class="line">
        <button type="button" class="quiet" aria-pressed={isPinned} onClick={pin}>
          {isPinned ? t('Take the pin away') : t('Keep it on top')}
        </button>
        <Confirm
          label={t('Take it back')}
          title={t('Take this update back?')}
          action={t('Take it back')}
          isDanger
          onConfirm={() => client.call('eventUpdate.delete', { eventId, updateId }).then(reload)}
        >
          <p>{t('It leaves the event’s page. Who was told of it has read it already.')}</p>
        </Confirm>
      </span>
    </li>
  );
};

const NewUpdate = ({ eventId, reload }: { eventId: string; reload: () => void }) => {
  const reach = useOperation('eventUpdate.reach', { eventId });
  const [draft, setDraft] = useDraft(`update-${eventId}`);
  const form = useForm({ title: '', body: draft, audience: 'PARTICIPANTS' as Audience, isPinned: false }, ({ body }) =>
    setDraft(body),
  );
  const { title, body, audience, isPinned } = form.values;
  const send = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void form.submit(async () => {
      const update: Input<'eventUpdate.publish'> = { eventId, title, body, audience, isPinned };
      await client.call('eventUpdate.publish', update);
      form.reset({ title: '', body: '', audience, isPinned: false });
      setDraft('');
      reload();
    });
  };
  return (
    <section class="card" aria-labelledby="write-title">
      <h2 id="write-title">{t('Write an update')}</h2>
      <form onSubmit={send}>
        <Select
          label={t('To whom')}
          name="audience"
          choices={(['PARTICIPANTS', 'PUBLIC', 'WAITLIST', 'STAFF'] as const).map((each) => [each, AUDIENCES[each]()])}
          value={audience}
          // Safe: the choices are these.
          onChange={(value) => form.change({ audience: value as Audience })}
        />
        <Field label={t('Subject')} required maxLength={200} {...form.field('title')} />
        <TextArea label={t('Words')} required rows={6} maxLength={20_000} {...form.field('body')} />
        <Check
          label={t('Keep it on top of the event’s page')}
          checked={isPinned}
          onChange={(next) => form.change({ isPinned: next })}
        />
        <p role="status">{reach.data && reachInWords(audience, reach.data)}</p>
        <FormProblem of={form} />
        <button type="submit" class="primary" disabled={form.busy}>
          {form.busy ? t('One moment…') : t('Send it')}
        </button>
      </form>
    </section>
  );
};

/** Whom an update will reach, before it is sent. */
const reachInWords = (audience: Audience, { participants, waitlist, staff }: Reach): string => {
  const sentences: Record<Audience, () => string> = {
    PUBLIC: () =>
      plural(
        participants,
        'It stands on the event’s page, and {count} guest is told.',
        'It stands on the event’s page, and {count} guests are told.',
      ),
    PARTICIPANTS: () => plural(participants, 'It goes to {count} guest.', 'It goes to {count} guests.'),
    WAITLIST: () => plural(waitlist, 'It goes to {count} person who waits.', 'It goes to {count} people who wait.'),
    STAFF: () => plural(staff, 'It goes to {count} person of the team.', 'It goes to {count} people of the team.'),
  };
  return sentences[audience]();
};
