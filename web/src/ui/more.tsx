import type { Pages } from '../state/use-pages.ts';
import { t } from '../words.ts';
import { Failed } from './outcome.tsx';

/** Stands below a list that is loaded page by page. */
export function More<Each>({ of: pages }: { of: Pages<Each> }) {
  if (pages.error) return <Failed error={pages.error} onRetry={pages.more ?? pages.reload} />;
  if (!pages.more) return null;
  return (
    <button type="button" class="quiet more" disabled={pages.isLoading} onClick={pages.more}>
      {pages.isLoading ? t('Loading…') : t('Show more')}
    </button>
  );
}
