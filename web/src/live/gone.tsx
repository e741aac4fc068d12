import { addresses } from '../state/address.ts';
import { t } from '../words.ts';

/** Stands where there is no stage, or none for who asks. */
export const Gone = () => (
  <main class="way-in">
    <h1>{t('There is no such stage')}</h1>
    <p>
      {t('The event does not exist, it is not for you to see, or its team has sent you out for a while.')}{' '}
      <a href={addresses.home}>{t('To your start page')}</a>
    </p>
  </main>
);
