import { useId } from 'preact/hooks';
import type { StageState } from '../../../src/sdk/index.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { t } from '../words.ts';
import { actOn, type StageModel } from './follow-stage.ts';
import { useDraft } from './use-draft.ts';

interface Props {
  model: StageModel;
  settings: StageState['settings'];
  canAct: boolean;
}

/** Asks something; what was typed stays until the server has it. */
export const AskForm = ({ model, settings, canAct }: Props) => {
  const id = useId();
  const [words, setWords] = useDraft(`question:${model.eventId}`);
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const onSubmit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    const isAnonymous = new FormData(submitted.currentTarget as HTMLFormElement).get('anonymous') === 'on';
    const isAsked = await submit(() => actOn(model, () => model.stage.ask(words, isAnonymous)));
    if (!isAsked) return;
    setWords('');
    void model.loadOwn();
  };
  return (
    <form class="card ask" onSubmit={(submitted) => void onSubmit(submitted)}>
      <div class="field">
        <label for={id}>{t('Your question')}</label>
        <textarea
          {...{ id, rows: 2, maxLength: 500, required: true, value: words }}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
          aria-describedby={`${id}-problem`}
        />
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {fieldProblem('body') ?? problem}
        </p>
      </div>
      <div class="line">
        <button type="submit" class="primary" disabled={!canAct || busy}>
          {busy ? t('Asking…') : t('Ask')}
        </button>
        {settings.anonymousQuestions && (
          <label class="check">
            <input type="checkbox" name="anonymous" /> {t('without my name')}
          </label>
        )}
      </div>
      {settings.questions === 'MODERATED' && (
        <small>{t('The team looks at each question before others see it.')}</small>
      )}
    </form>
  );
};
