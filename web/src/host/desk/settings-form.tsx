import type { Input, StageState } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { Select } from '../../ui/select.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import type { DeskModel } from './desk-state.ts';

type Settings = StageState['settings'];

const QUESTIONS: Record<Settings['questions'], string> = {
  OPEN: t('Shown at once'),
  MODERATED: t('The team looks first'),
  OFF: t('Not taken'),
};
const AUDIENCE: Record<Settings['audience'], string> = {
  ANYONE_WATCHING: t('Everybody who watches'),
  TICKET: t('People with a ticket'),
  ADMITTED: t('People whom the door let in'),
};

/** Settings of the stage; a change counts at once. */
export const SettingsForm = ({ model, state }: { model: DeskModel; state: StageState }) => {
  const { busy, problem, submit } = useSubmit();
  const { settings, version } = state;
  const change = (part: Omit<Input<'live.configure'>, 'eventId' | 'version'>): void =>
    void submit(async () => {
      await model.act(() => client.call('live.configure', { eventId: model.eventId, version, ...part }));
      model.refresh();
    });
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">{t('How the stage is run')}</h2>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {/* Drawn anew with each version: what somebody else chose takes the place of what stands here. */}
      <fieldset key={`${version} ${problem}`} class="plain" disabled={busy || state.status === 'ENDED'}>
        <legend class="visually-hidden">{t('Settings')}</legend>
        <Select
          {...{
            label: t('Questions'),
            name: 'questions',
            choices: Object.entries(QUESTIONS),
            value: settings.questions,
          }}
          // Safe: the choices are these.
          onChange={(questions) => change({ questions: questions as Settings['questions'] })}
        />
        <Select
          {...{
            label: t('Who takes part'),
            name: 'audience',
            choices: Object.entries(AUDIENCE),
            value: settings.audience,
          }}
          // Safe: the choices are these.
          onChange={(audience) => change({ audience: audience as Settings['audience'] })}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={settings.applause}
            onChange={({ currentTarget }) => change({ applause: currentTarget.checked })}
          />
          {t('Applause')}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={settings.anonymousQuestions}
            onChange={({ currentTarget }) => change({ anonymousQuestions: currentTarget.checked })}
          />
          {t('Questions without a name')}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={settings.autoSlow}
            onChange={({ currentTarget }) => change({ autoSlow: currentTarget.checked })}
          />
          {t('Slow the chat while too much is said')}
        </label>
      </fieldset>
    </section>
  );
};
