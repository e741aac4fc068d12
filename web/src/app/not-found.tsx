import { addresses } from '../state/address.ts';
import { Page } from '../ui/page.tsx';
import { t } from '../words.ts';

/** Stands at addresses that the app does not have. */
export const NotFound = () => (
  <Page title={t('There is no such page')}>
    <p>
      {t('It may have moved, or the link is not complete.')} <a href={addresses.home}>{t('To your start page')}</a>
    </p>
  </Page>
);
