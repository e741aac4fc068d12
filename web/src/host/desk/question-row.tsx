import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { REASONS } from '../../live/words.ts';
import { plural, t } from '../../words.ts';
import { type DeskModel, type DeskQuestion, nameOf } from './desk-state.ts';
import { AnswerPanel, DismissPanel, MergePanel, OrderPanel } from './question-panels.tsx';

export interface RowProps {
  model: DeskModel;
  question: DeskQuestion;
  busy: boolean;
  /** @returns whether it was done */
  act: (work: () => Promise<unknown>) => Promise<boolean>;
}

type PanelName = 'answer' | 'dismiss' | 'merge' | 'order';

const PANELS = { answer: AnswerPanel, dismiss: DismissPanel, merge: MergePanel, order: OrderPanel } as const;
const LABELS: Record<PanelName, string> = {
  answer: t('Answered…'),
  dismiss: t('Put aside…'),
  merge: t('Same as…'),
  order: t('The author…'),
};

const panelsOf = ({ status, authorId, isOwn }: DeskQuestion): PanelName[] => [
  ...(status === 'VISIBLE' || status === 'ANSWERING' ? (['answer'] as const) : []),
  ...(status === 'DISMISSED' ? [] : (['dismiss'] as const)),
  ...(status === 'PENDING' || status === 'VISIBLE' ? (['merge'] as const) : []),
  ...(authorId === null || isOwn ? [] : (['order'] as const)),
];

/** One question, with what can be done about it now. */
export const QuestionRow = (props: RowProps) => {
  const { model, question, busy, act } = props;
  const [open, setOpen] = useState<PanelName | null>(null);
  const { id: questionId, status, version, authorId, upvotes, dismissalReason, mergedIntoId } = question;
  const decide = (name: 'question.approve' | 'question.take' | 'question.restore') =>
    void act(() => client.call(name, { eventId: model.eventId, questionId, version }));
  const Panel = open && PANELS[open];
  return (
    <li data-question={status}>
      <p>{question.body}</p>
      <p class="line">
        {status === 'ANSWERING' && <span class="chip good">{t('Being answered')}</span>}
        <small>
          {plural(upvotes, '{count} person wants this', '{count} people want this')} ·{' '}
          {authorId === null ? t('without a name') : nameOf(model, authorId)}
        </small>
        {dismissalReason && <small>{REASONS[dismissalReason]}</small>}
      </p>
      <div class="line">
        {status === 'PENDING' && (
          <button type="button" class="quiet" disabled={busy} onClick={() => decide('question.approve')}>
            {t('Show to all')}
          </button>
        )}
        {status === 'VISIBLE' && (
          <button type="button" class="quiet" disabled={busy} onClick={() => decide('question.take')}>
            {t('Take it now')}
          </button>
        )}
        {status === 'DISMISSED' && mergedIntoId === null && (
          <button type="button" class="quiet" disabled={busy} onClick={() => decide('question.restore')}>
            {t('Show it again')}
          </button>
        )}
        {panelsOf(question).map((name) => (
          <button
            key={name}
            type="button"
            class="link"
            aria-expanded={open === name}
            onClick={() => setOpen(open === name ? null : name)}
          >
            {LABELS[name]}
          </button>
        ))}
      </div>
      {Panel && <Panel {...props} close={() => setOpen(null)} />}
    </li>
  );
};
