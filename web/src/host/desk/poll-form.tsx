import { useId, useState } from 'preact/hooks';
import type { Input } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { useDraft } from '../../live/use-draft.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import type { DeskModel } from './desk-state.ts';

type Create = Input<'poll.create'>;

const KINDS: Record<Create['kind'], string> = {
  SINGLE: 'One choice',
  MULTIPLE: 'Several choices',
  RATING: 'A rating',
  OPEN_TEXT: 'People write',
};
const REVEALS: Record<NonNullable<Create['reveal']>, string> = {
  AFTER_VOTE: 'Results to who has voted',
  ALWAYS: 'Results to everybody, always',
  AFTER_CLOSE: 'Results when it closes',
  TEAM: 'Results to the team alone',
};
const TIMES = [
  ['', 'Until it is closed'],
  ['30', '30 seconds'],
  ['60', '1 minute'],
  ['120', '2 minutes'],
  ['300', '5 minutes'],
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
      <h2 id="new-poll">A new poll</h2>
      <form onSubmit={(submitted) => void onSubmit(submitted)}>
        <Field
          {...{ label: 'What do you ask?', name: 'prompt', maxLength: 300, required: true, value: prompt }}
          problem={fieldProblem('prompt')}
          onInput={setPrompt}
        />
        <Select
          {...{ label: 'Kind', name: 'kind', choices: Object.entries(KINDS), value: kind }}
          // Safe: the choices are these.
          onChange={(next) => setKind(next as Create['kind'])}
        />
        {(kind === 'SINGLE' || kind === 'MULTIPLE') && (
          <div class="field">
            <label for={id}>Choices, one a line</label>
            <textarea
              {...{ id, name: 'options', rows: 3, required: true, value: options }}
              onInput={({ currentTarget }) => setOptions(currentTarget.value)}
            />
          </div>
        )}
        {kind === 'RATING' && <Select label="Steps" name="steps" choices={STEPS} />}
        <Select label="Who sees the results" name="reveal" choices={Object.entries(REVEALS)} />
        <Select label="How long" name="seconds" choices={TIMES} />
        <p class="form-problem" role="alert">
          {problem ?? fieldProblem('options')}
        </p>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Preparing…' : 'Prepare the poll'}
        </button>
      </form>
    </section>
  );
};
