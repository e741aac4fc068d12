import { useId, useState } from 'preact/hooks';
import type { Input } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { useDraft } from '../../live/use-draft.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import type { DeskModel } from './desk-state.ts';

type Create = Input<'poll.create'>;

const KINDS: Record<Create['kind'], string> = {
  SINGLE: t('One choice'),
  MULTIPLE: t('Several choices'),
  RATING: t('A rating'),
  OPEN_TEXT: t('People write'),
};
const REVEALS: Record<NonNullable<Create['reveal']>, string> = {
  AFTER_VOTE: t('Results to who has voted'),
  ALWAYS: t('Results to everybody, always'),
  AFTER_CLOSE: t('Results when it closes'),
  TEAM: t('Results to the team alone'),
};
const TIMES = [
  ['', t('Until it is closed')],
  ['30', t('30 seconds')],
  ['60', t('1 minute')],
  ['120', t('2 minutes')],
  ['300', t('5 minutes')],
] as const;
const STEPS = [
  ['5', '5'],
  ['10', '10'],
  ['3', '3'],
] as const;

const inputOf = (eventId: string, kind: Create['kind'], form: FormData): Create => {
  const lines = String(form.get('options') ?? '').split('\n');
  const options = lines.map((line) => line.trim()).filter(Boolean);
  const seconds = String(form.get('seconds'));
  return {
    ...{ eventId, kind, prompt: String(form.get('prompt')) },
    // Safe: the choices are these.
    reveal: String(form.get('reveal')) as keyof typeof REVEALS,
    seconds: seconds === '' ? null : Number(seconds),
    ...(kind === 'RATING' ? { steps: Number(form.get('steps')) } : {}),
    ...(kind === 'SINGLE' || kind === 'MULTIPLE' ? { options } : {}),
    ...(kind === 'MULTIPLE' ? { maxChoices: options.length } : {}),
  };
};

/** Prepares a poll. */
export const PollForm = ({ model }: { model: DeskModel }) => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const [kind, setKind] = useState<Create['kind']>('SINGLE');
  const [prompt, setPrompt] = useDraft(`poll-prompt:${model.eventId}`);
  const [options, setOptions] = useDraft(`poll-options:${model.eventId}`);
  const id = useId();
  const onSubmit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    const input = inputOf(model.eventId, kind, new FormData(submitted.currentTarget as HTMLFormElement));
    if (!(await submit(() => model.act(() => client.call('poll.create', input))))) return;
    setPrompt('');
    setOptions('');
  };
  return (
    <section class="card" aria-labelledby="new-poll">
      <h2 id="new-poll">{t('A new poll')}</h2>
      <form onSubmit={(submitted) => void onSubmit(submitted)}>
        <Field
          {...{ label: t('What do you ask?'), name: 'prompt', maxLength: 300, required: true, value: prompt }}
          problem={fieldProblem('prompt')}
          onInput={setPrompt}
        />
        <Select
          {...{ label: t('Kind'), name: 'kind', choices: Object.entries(KINDS), value: kind }}
          // Safe: the choices are these.
          onChange={(next) => setKind(next as Create['kind'])}
        />
        {(kind === 'SINGLE' || kind === 'MULTIPLE') && (
          <div class="field">
            <label for={id}>{t('Choices, one a line')}</label>
            <textarea
              {...{ id, name: 'options', rows: 3, required: true, value: options }}
              onInput={({ currentTarget }) => setOptions(currentTarget.value)}
            />
          </div>
        )}
        {kind === 'RATING' && <Select label={t('Steps')} name="steps" choices={STEPS} />}
        <Select label={t('Who sees the results')} name="reveal" choices={Object.entries(REVEALS)} />
        <Select label={t('How long')} name="seconds" choices={TIMES} />
        <p class="form-problem" role="alert">
          {problem ?? fieldProblem('options')}
        </p>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? t('Preparing…') : t('Prepare the poll')}
        </button>
      </form>
    </section>
  );
};
