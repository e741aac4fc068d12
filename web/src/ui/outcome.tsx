import type { ComponentChildren } from 'preact';
import type { RallyError } from '../../../src/sdk/index.ts';
import type { Loaded } from '../state/use-operation.ts';
import { t } from '../words.ts';
import { wordsFor } from './use-submit.ts';

/** Stands where something is being fetched; says so to those who cannot see it. */
export const Loading = () => (
  <div class="loading" role="status">
    <span class="visually-hidden">{t('Loading…')}</span>
  </div>
);

/** Says what did not work, and offers to try again. */
export const Failed = ({ error, onRetry }: { error: RallyError; onRetry: () => void }) => (
  <div class="failed" role="alert">
    <p>{wordsFor(error)}</p>
    {error.retryable && (
      <button type="button" class="quiet" onClick={onRetry}>
        {t('Try again')}
      </button>
    )}
  </div>
);

/** Stands where a list has nothing, and says what to do about it. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
  </div>
);

/** Shows what was loaded, or that it loads, or why it did not. What is there stays while it is fetched again. */
export function Outcome<Data>({
  of: loaded,
  children,
}: {
  of: Loaded<Data>;
  children: (data: Data) => ComponentChildren;
}) {
  if (loaded.data !== undefined) return <>{children(loaded.data)}</>;
  if (loaded.error) return <Failed error={loaded.error} onRetry={loaded.reload} />;
  return <Loading />;
}
