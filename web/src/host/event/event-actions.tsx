import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { addresses } from '../../state/address.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { isRunner, stateOf } from '../names.ts';
import type { EventProps } from './event-page.tsx';

/** Shows the state of an event, the button that publishes it, and its link. */
export const EventActions = ({ event, reload }: EventProps) => {
  const { words, tone } = stateOf(event.status);
  const isPublic = event.status !== 'DRAFT' && event.status !== 'PENDING_REVIEW';
  return (
    <div class="line">
      <span class={`chip ${tone}`} data-state={event.status}>
        {words}
      </span>
      {isRunner(event.myRole) && <Moves event={event} reload={reload} />}
      {isPublic && <PublicLink slug={event.slug} />}
    </div>
  );
};

const Moves = ({ event: { id: eventId, status }, reload }: EventProps) => {
  const { busy, problem, submit } = useSubmit();
  const move = (name: 'event.publish' | 'event.submitForReview' | 'event.withdraw'): void =>
    void submit(async () => {
      await client.call(name, { eventId });
      reload();
    });
  return (
    <>
      {status === 'DRAFT' && (
        <button type="button" class="primary" disabled={busy} onClick={() => move('event.publish')}>
          {busy ? t('One moment…') : t('Publish')}
        </button>
      )}
      {status === 'DRAFT' && problem !== undefined && (
        <button type="button" class="quiet" disabled={busy} onClick={() => move('event.submitForReview')}>
          {t('Send it to review')}
        </button>
      )}
      {status === 'PENDING_REVIEW' && (
        <button type="button" class="quiet" disabled={busy} onClick={() => move('event.withdraw')}>
          {t('Take it back from review')}
        </button>
      )}
      <p class="form-problem" role="alert">
        {problem}
      </p>
    </>
  );
};

/** The address to share, and a button that copies it. */
const PublicLink = ({ slug }: { slug: string }) => {
  const [isCopied, setCopied] = useState(false);
  const path = addresses.event(slug);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(location.origin + path);
    setCopied(true);
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => void copy().catch(() => setCopied(false))}>
        {isCopied ? t('Copied') : t('Copy the link')}
      </button>
      <a href={path}>{t('As guests see it')}</a>
      <span class="visually-hidden" role="status">
        {isCopied && t('The link is copied.')}
      </span>
    </>
  );
};
