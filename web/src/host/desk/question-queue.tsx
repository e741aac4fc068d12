import type { StageState } from '../../../../src/sdk/index.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import type { DeskModel, DeskQuestion } from './desk-state.ts';
import { QuestionRow } from './question-row.tsx';

/** Questions to decide about: those that wait for the team, those that everybody sees, and those that were put aside. */
export const QuestionQueue = ({ model, state }: { model: DeskModel; state: StageState }) => {
  const { busy, problem, submit } = useSubmit();
  const { pending, top, dismissed } = model.questions.value;
  const { asked, answered, dismissed: aside } = state.questionCounts;
  const act = (work: () => Promise<unknown>): Promise<boolean> => submit(() => model.act(work));
  const rows = (questions: readonly DeskQuestion[]) => (
    <ul class="items">
      {questions.map((question) => (
        <QuestionRow key={question.id} {...{ model, question, busy, act }} />
      ))}
    </ul>
  );
  return (
    <section class="card" aria-labelledby="queue">
      <h2 id="queue">{t('Questions')}</h2>
      <p>
        <small>
          {t('{asked} asked · {answered} answered · {dismissed} put aside', { asked, answered, dismissed: aside })}
        </small>
      </p>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {pending.length > 0 && (
        <section aria-labelledby="pending">
          <h3 id="pending">{t('Waiting for you ({count})', { count: pending.length })}</h3>
          {rows(pending)}
        </section>
      )}
      <section aria-labelledby="visible">
        <h3 id="visible">{t('Everybody sees these')}</h3>
        {top.length === 0 ? <p class="empty">{t('No question waits.')}</p> : rows(top)}
      </section>
      {dismissed.length > 0 && (
        <details>
          <summary>{t('Put aside ({count})', { count: dismissed.length })}</summary>
          {rows(dismissed)}
        </details>
      )}
    </section>
  );
};
