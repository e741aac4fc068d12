import { useEffect, useState } from 'preact/hooks';
import type { StageState } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { plural, t } from '../words.ts';
import { actOn, type Question, type StageModel } from './follow-stage.ts';

interface Props {
  model: StageModel;
  state: StageState;
  canAct: boolean;
}

/** Questions that wait, most wanted first, and then those that were answered. */
export const QuestionList = ({ model, state, canAct }: Props) => {
  const { busy, problem, submit } = useSubmit();
  const answered = useAnswered(model.eventId, state.questionCounts.answered);
  const own = new Set(model.own.value.map(({ id }) => id));
  const upvote = ({ id, isUpvoted }: Question) => submit(() => actOn(model, () => model.stage.upvote(id, !isUpvoted)));
  return (
    <>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {state.questions.length === 0 && <p class="empty">{t('No question waits. Ask the first one.')}</p>}
      <ul class="questions">
        {state.questions.map((question) => {
          const isOwn = question.isOwn || own.has(question.id);
          const { upvotes, isUpvoted } = question;
          return (
            <li key={question.id} class="card" data-question={question.status}>
              <button
                type="button"
                class="upvote"
                aria-pressed={isUpvoted || isOwn}
                disabled={!canAct || busy || isOwn}
                onClick={() => void upvote(question)}
              >
                <span class="visually-hidden">
                  {t('I want this answered too:')} {question.body}
                </span>
                <span aria-hidden="true">▲</span>
                <b class="num">{upvotes}</b>
              </button>
              <div>
                <p>{question.body}</p>
                <p class="line">
                  {question.status === 'ANSWERING' && <span class="chip good">{t('Being answered now')}</span>}
                  {isOwn && <small>{t('yours')}</small>}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
      {answered.length > 0 && (
        <details>
          <summary>{plural(answered.length, '{count} answered question', '{count} answered questions')}</summary>
          <ul class="answers">
            {answered.map(({ id, body, answer }) => (
              <li key={id}>
                <p>{body}</p>
                <p>
                  <small>{answer ?? t('Answered on stage.')}</small>
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};

const ANSWERED = 50;

/** Questions that were answered last, looked up anew as their number changes. */
const useAnswered = (eventId: string, count: number): Question[] => {
  const [items, setItems] = useState<Question[]>([]);
  useEffect(() => {
    if (count === 0) return setItems([]);
    let isOver = false;
    void client.call('question.list', { eventId, order: 'answered', limit: ANSWERED }).then(
      (page) => !isOver && setItems(page.items),
      // Should it fail, the next answer tries again.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [eventId, count]);
  return items;
};
