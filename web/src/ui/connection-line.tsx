import { useEffect, useState } from 'preact/hooks';
import { client } from '../client.ts';
import { status } from '../state/session.ts';
import { t } from '../words.ts';

/** How the page stands with the server, and which node it is on. */
export const ConnectionLine = () => {
  const now = status.value;
  return (
    <div class={`connection connection-${now.phase}`} role="status">
      <span class="connection-dot" aria-hidden="true" />
      {now.phase === 'online' && (
        <span>
          {t('Connected')}{' '}
          <small title={now.ready.nodeId} data-node={now.ready.nodeId}>
            {t('to node …{id}', { id: now.ready.nodeId.slice(-4) })}
          </small>
        </span>
      )}
      {now.phase === 'connecting' && <span>{t('Connecting…')}</span>}
      {now.phase === 'waiting' && <Countdown retryAtMs={now.retryAtMs} />}
    </div>
  );
};

const Countdown = ({ retryAtMs }: { retryAtMs: number }) => {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((retryAtMs - nowMs) / 1_000));
  return (
    <span>
      {/* The number would be read out every second. */}
      {t('Reconnecting')}
      <span aria-hidden="true">{seconds > 1 ? ` ${t('in {seconds} s', { seconds })}` : '…'}</span>{' '}
      {seconds > 1 && (
        <button type="button" class="link" onClick={() => client.reconnectNow()}>
          {t('Now')}
        </button>
      )}
    </span>
  );
};
