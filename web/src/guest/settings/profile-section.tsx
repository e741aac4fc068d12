import { useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../../../src/words/translate.ts';
import { client } from '../../client.ts';
import { ownZone } from '../../format.ts';
import { chooseLanguageHere, language } from '../../load-words.ts';
import { tell } from '../../state/notice.ts';
import { me, reloadMe } from '../../state/session.ts';
import { Field } from '../../ui/field.tsx';
import { Loading } from '../../ui/outcome.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { PictureField } from './picture-field.tsx';

/** The profile that others see: names, picture and a few words; and the place where one lives. */
export const ProfileSection = () =>
  me.value ? (
    <>
      <PictureField />
      <ProfileForm key={me.value.id} />
      <LanguageCard />
    </>
  ) : (
    <Loading />
  );

const ProfileForm = () => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const [zone, setZone] = useState(me.value?.profile.timeZone ?? ownZone());
  const profile = me.value?.profile;
  if (!profile) return null;
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(form.get(name)).trim();
    const input = {
      firstName: text('firstName'),
      lastName: text('lastName'),
      bio: text('bio') === '' ? null : text('bio'),
      phone: text('phone') === '' ? null : text('phone'),
      timeZone: zone,
    };
    void submit(async () => {
      await client.call('profile.update', input);
      await reloadMe();
      tell(t('Saved.'));
    });
  };
  return (
    <form class="card" onSubmit={onSubmit}>
      <h2>{t('About you')}</h2>
      <div class="field-pair">
        <Field
          label={t('First name')}
          name="firstName"
          value={profile.firstName}
          autocomplete="given-name"
          maxLength={100}
          required
          problem={fieldProblem('firstName')}
        />
        <Field
          label={t('Last name')}
          name="lastName"
          value={profile.lastName}
          autocomplete="family-name"
          maxLength={100}
          problem={fieldProblem('lastName')}
        />
      </div>
      <TextArea
        label={t('A few words about you')}
        name="bio"
        value={profile.bio ?? ''}
        maxLength={500}
        problem={fieldProblem('bio')}
      />
      <Field
        label={t('Phone')}
        name="phone"
        type="tel"
        value={profile.phone ?? ''}
        autocomplete="tel"
        hint={t('With the country’s number, such as +8801712345678. Nobody else sees it.')}
        problem={fieldProblem('phone')}
      />
      <Select
        label={t('Time zone')}
        name="timeZone"
        value={zone}
        choices={zonesWith(zone).map((each) => [each, each.replaceAll('_', ' ')])}
        onChange={setZone}
      />
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <div class="line">
        <button type="submit" class="primary" disabled={busy}>
          {busy ? t('One moment…') : t('Save')}
        </button>
      </div>
    </form>
  );
};

/** All zones, the present one among them also where this browser calls it otherwise. */
const zonesWith = (zone: string): string[] => [...new Set([zone, ownZone(), ...Intl.supportedValuesOf('timeZone')])];

const LanguageCard = () => (
  <section class="card">
    <h2>{t('Language')}</h2>
    <Select
      label={t('Language of this device')}
      name="language"
      value={language}
      choices={Object.entries(LANGUAGES)}
      // Safe: the choices are the languages there are.
      onChange={(next) => chooseLanguageHere(next as Language)}
    />
  </section>
);
