import type { Unsent } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { Icon } from '../ui/icon.tsx';
import { t } from '../words.ts';
import { brieflyUnsent } from './said.ts';

/** An own message that is on its way, or was refused. */
export const EchoBubble = ({ entry, startsGroup }: { entry: Unsent; startsGroup: boolean }) => {
  const hasFailed = entry.state === 'failed';
  return (
    <div class={`message mine echo ${startsGroup ? 'starts-group' : ''}`} data-state={entry.state}>
      <div class="message-body">
        <div class="bubble">
          <p class="bubble-text" dir="auto">
            {brieflyUnsent(entry.body, entry.mediaIds)}
          </p>
          <p class="bubble-meta">
            <Icon name={hasFailed ? 'alert' : 'clock'} />
            <span>{hasFailed ? t('Not sent') : t('Sending…')}</span>
            {entry.state === 'queued' && (
              <button type="button" class="link" onClick={() => void client.outbox.discard(entry.clientId)}>
                {t('Take back')}
              </button>
            )}
          </p>
        </div>
        {hasFailed && (
          <p class="echo-failed" role="alert">
            {entry.problem?.message}{' '}
            <button type="button" class="link" onClick={() => client.outbox.retry(entry.clientId)}>
              {t('Try again')}
            </button>{' '}
            <button type="button" class="link" onClick={() => void client.outbox.discard(entry.clientId)}>
              {t('Discard')}
            </button>
          </p>
        )}
      </div>
    </div>
  );
};
