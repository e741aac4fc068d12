import '../guest.css';
import './settings.css';
import type { FunctionComponent } from 'preact';
import { addresses } from '../../state/address.ts';
import { Page } from '../../ui/page.tsx';
import { t } from '../../words.ts';
import { NewsSection } from './news-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SecuritySection } from './security-section.tsx';

interface Section {
  key: string;
  name: string;
  component: FunctionComponent;
}

const sectionsOf = (): [Section, ...Section[]] => [
  { key: 'profile', name: t('Profile'), component: ProfileSection },
  { key: 'notifications', name: t('What reaches me'), component: NewsSection },
  { key: 'privacy', name: t('Privacy'), component: PrivacySection },
  { key: 'security', name: t('Sign-in and security'), component: SecuritySection },
];

/** Everything one sets for oneself, a section at an address of its own. */
export const SettingsPage = ({ section }: { section?: string }) => {
  const sections = sectionsOf();
  const here = sections.find(({ key }) => key === section) ?? sections[0];
  const { component: Shown } = here;
  return (
    <Page title={t('Settings')}>
      <nav class="sections" aria-label={t('Sections')}>
        <ul>
          {sections.map(({ key, name }) => (
            <li key={key}>
              <a href={addresses.settings(key)} aria-current={key === here.key ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Shown />
    </Page>
  );
};
