import { client } from '../client.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { t } from '../words.ts';
import type { Question, StageModel } from './follow-stage.ts';
import { FATES, REASONS } from './words.ts';

const ENDED: ReadonlySet<Question['status']> = new Set(['ANSWERED', 'WITHDRAWN']);

/** One's own questions, with what became of each. */
export const OwnQuestions = ({ model }: { model: StageModel }) => {
  const { busy, problem, submit } = useSubmit();
  const own = model.own.value;
  if (own.length === 0) return null;
  const withdraw = async (questionId: string): Promise<void> => {
    await submit(() => client.call('question.withdraw', { eventId: model.eventId, questionId }));
    await model.loadOwn();
  };
  return (
    <section class="card" aria-labelledby="own">
      <h3 id="own">{t('You asked')}</h3>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <ul class="own">
        {own.map(({ id, body, status, dismissalReason }) => (
          <li key={id} data-fate={status}>
            <p>{body}</p>
            <p class="line">
              <span class={`chip ${FATES[status].tone}`}>{FATES[status].word}</span>
              {dismissalReason && <small>{REASONS[dismissalReason]}</small>}
              {!ENDED.has(status) && (
                <button type="button" class="link" disabled={busy} onClick={() => void withdraw(id)}>
                  {t('Take back')}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
};
