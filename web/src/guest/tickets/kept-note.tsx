import { tickets } from '../../state/kept-tickets.ts';
import { status } from '../../state/session.ts';
import { t } from '../../words.ts';

/** Says that tickets are shown as this device has kept them. */
export const KeptNote = () => {
  if (status.value.phase === 'online' || tickets.value === undefined) return null;
  return (
    <p class="chip warm kept-note" role="status">
      {t('No network: your tickets are shown as this device has kept them, and work.')}
    </p>
  );
};
