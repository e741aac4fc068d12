import { useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { usePages } from '../../state/use-pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { More } from '../../ui/more.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import type { EventProps } from './event-page.tsx';

type Scanner = Output<'scanner.list'>['items'][number];

const STATES: Record<Scanner['status'], () => readonly [words: string, tone: string]> = {
  INVITED: () => [t('Waits for its code'), 'warm'],
  ACTIVE: () => [t('Ready'), 'good'],
  LOST: () => [t('Lost'), 'bad'],
  REVOKED: () => [t('Ended'), ''],
};

/** The devices that scan at the door without anybody's account. */
export const DevicesPanel = ({ event: { id: eventId, timeZone } }: Pick<EventProps, 'event'>) => {
  const devices = usePages('scanner.list', { eventId });
  return (
    <section class="card" aria-labelledby="devices-title">
      <h2 id="devices-title">{t('Devices at the door')}</h2>
      <Outcome of={devices}>
        {(items) =>
          items.length === 0 && (
            <p class="muted">
              {t('Your team scans with their own phones. For a phone of the house, prepare a device.')}
            </p>
          )
        }
      </Outcome>
      <ul class="things">
        {devices.data?.map((device) => (
          <DeviceLine key={device.id} device={device} zone={timeZone} reload={devices.reload} />
        ))}
      </ul>
      <More of={devices} />
      <NewDevice eventId={eventId} reload={devices.reload} />
    </section>
  );
};

const DeviceLine = ({ device, zone, reload }: { device: Scanner; zone: string; reload: () => void }) => {
  const { id: scannerId, eventId, name, status, gate, lastSeenAt } = device;
  const [words, tone] = STATES[status]();
  const isInUse = status === 'ACTIVE' || status === 'INVITED';
  return (
    <li>
      <div>
        <b>{name}</b> <span class={`chip ${tone}`}>{words}</span>
        <p>
          <small>
            {[gate, lastSeenAt && t('seen {when}', { when: dateTime(lastSeenAt, zone) })].filter(Boolean).join(' · ')}
          </small>
        </p>
      </div>
      {isInUse && (
        <span class="line">
          <Confirm
            label={t('Lost')}
            title={t('Is “{name}” lost?', { name })}
            action={t('It is lost')}
            isDanger
            onConfirm={() => client.call('scanner.markLost', { eventId, scannerId }).then(reload)}
          >
            <p>{t('It is refused at once. What it scanned without network is kept and changes nothing.')}</p>
          </Confirm>
          <Confirm
            label={t('End')}
            title={t('End the work of “{name}”?', { name })}
            action={t('End')}
            onConfirm={() => client.call('scanner.revoke', { eventId, scannerId }).then(reload)}
          >
            <p>{t('It cannot scan any more. You can prepare it anew.')}</p>
          </Confirm>
        </span>
      )}
    </li>
  );
};

/** Prepares a device; its code is shown once. */
const NewDevice = ({ eventId, reload }: { eventId: string; reload: () => void }) => {
  const [name, setName] = useState('');
  const [token, setToken] = useState<string | null>(null);
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const prepare = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void submit(async () => {
      setToken((await client.call('scanner.invite', { eventId, name })).token);
      setName('');
      reload();
    });
  };
  return (
    <form onSubmit={prepare}>
      <Field
        label={t('Name of a new device')}
        required
        maxLength={80}
        placeholder={t('Phone at the north gate')}
        value={name}
        onInput={setName}
        problem={fieldProblem('name')}
      />
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <button type="submit" class="quiet" disabled={busy}>
        {t('Prepare it')}
      </button>
      {token !== null && (
        <p role="status" class="body-text">
          {t('Open the scanner on the device within ten minutes and give it this code. It is shown only now:')}{' '}
          <code>{token}</code> <a href="/scan">{t('Scanner')}</a>
        </p>
      )}
    </form>
  );
};
