import { useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { canBePushed, endPush, showExample, startPush } from './push.ts';

/** The devices that are told things while nothing is open; this one can be made one of them. */
export const DevicesCard = () => {
  const loaded = useOperation('device.list', {});
  return (
    <section class="card">
      <h2>{t('Devices that are told')}</h2>
      <Outcome of={loaded}>
        {({ items, applicationServerKey }) => (
          <>
            {items.length > 0 && (
              <ul class="rows">
                {items.map((device) => (
                  <DeviceLine key={device.id} device={device} onChange={loaded.reload} />
                ))}
              </ul>
            )}
            <ThisDevice
              serverKey={applicationServerKey}
              isTold={items.some(({ isCurrent }) => isCurrent)}
              onChange={loaded.reload}
            />
          </>
        )}
      </Outcome>
    </section>
  );
};

type Device = Output<'device.list'>['items'][number];

const DeviceLine = ({ device, onChange }: { device: Device; onChange: () => void }) => {
  const end = async (): Promise<void> => {
    if (device.isCurrent) await endPush();
    await client.call('device.unregister', { deviceId: device.id });
    onChange();
  };
  return (
    <li class="line spread">
      <span>
        <b>{device.platform === 'WEB' ? t('A browser') : t('A device')}</b>{' '}
        {device.isCurrent && <span class="chip good">{t('This one')}</span>}{' '}
        {!device.isReachable && <span class="chip warm">{t('No longer reached')}</span>}
        <small class="block">{t('since {when}', { when: dateTime(device.registeredAt) })}</small>
      </span>
      <Confirm label={t('Tell it no more')} title={t('Tell this device no more?')} action={t('Yes')} onConfirm={end}>
        <p>{t('News still arrives here and by mail, as you chose above.')}</p>
      </Confirm>
    </li>
  );
};

interface ThisDeviceProps {
  /** Null where the server pushes nothing. */
  serverKey: string | null;
  isTold: boolean;
  onChange: () => void;
}

const ThisDevice = ({ serverKey, isTold, onChange }: ThisDeviceProps) => {
  const { busy, problem, submit } = useSubmit();
  const [isRefused, setRefused] = useState(false);
  if (serverKey === null) return <p>{t('This server does not push news to devices.')}</p>;
  if (!canBePushed()) {
    return (
      <p>
        {t('This browser cannot be told things while it is closed. On an iPhone, add Rally to the home screen first.')}
      </p>
    );
  }
  const start = (): Promise<boolean> =>
    submit(async () => {
      setRefused(!(await startPush(serverKey)));
      onChange();
    });
  const example = (): Promise<boolean> =>
    submit(() => showExample(t('This is how news looks'), t('A click on it leads to where it belongs.')));
  return (
    <>
      <p class="form-problem" role="alert">
        {isRefused ? t('The browser does not allow it. You can change that in its settings for this page.') : problem}
      </p>
      <div class="line">
        {isTold ? (
          <button type="button" class="quiet" disabled={busy} onClick={() => void example()}>
            {t('Show me an example')}
          </button>
        ) : (
          <button type="button" class="quiet" disabled={busy} onClick={() => void start()}>
            {busy ? t('One moment…') : t('Tell me on this device')}
          </button>
        )}
      </div>
    </>
  );
};
