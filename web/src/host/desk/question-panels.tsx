import { client } from '../../client.ts';
import { REASONS } from '../../live/words.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { t } from '../../words.ts';
import { nameOf } from './desk-state.ts';
import type { RowProps } from './question-row.tsx';

interface Props extends RowProps {
  close: () => void;
}

/** Runs a panel's form, and closes the panel once it is done. */
const onSubmitOf =
  ({ act, close }: Props, work: (form: FormData, pressed: string) => Promise<unknown>) =>
  async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    // Safe: a form is submitted by a button, or by nothing.
    const pressed = (submitted.submitter as HTMLButtonElement | null)?.value ?? '';
    if (await act(() => work(form, pressed))) close();
  };

const decisionOf = ({ model, question }: Props) => ({
  ...{ eventId: model.eventId, questionId: question.id, version: question.version },
});

/** Says that a question was answered, with words to be read or without. */
export const AnswerPanel = (props: Props) => {
  const onSubmit = onSubmitOf(props, (form) => {
    const words = String(form.get('answer')).trim();
    return client.call('question.answer', { ...decisionOf(props), answer: words === '' ? null : words });
  });
  return (
    <form class="panel" onSubmit={(submitted) => void onSubmit(submitted)}>
      <Field label={t('Answer to be read, if there is one')} name="answer" maxLength={5_000} />
      <button type="submit" class="primary" disabled={props.busy}>
        {t('It was answered')}
      </button>
    </form>
  );
};

/** Puts a question aside for a reason. */
export const DismissPanel = (props: Props) => {
  const onSubmit = onSubmitOf(props, (form) =>
    client.call('question.dismiss', {
      ...decisionOf(props),
      // Safe: the choices are these.
      reason: String(form.get('reason')) as keyof typeof REASONS,
    }),
  );
  return (
    <form class="panel" onSubmit={(submitted) => void onSubmit(submitted)}>
      <Select label={t('Why, for its author to read')} name="reason" choices={Object.entries(REASONS)} />
      <button type="submit" class="primary" disabled={props.busy}>
        {t('Put it aside')}
      </button>
    </form>
  );
};

/** Puts a question aside as the same as another one, which takes its upvotes over. */
export const MergePanel = (props: Props) => {
  const others = props.model.questions.value.top.filter(({ id }) => id !== props.question.id);
  const onSubmit = onSubmitOf(props, (form) =>
    client.call('question.merge', { ...decisionOf(props), intoId: String(form.get('into')) }),
  );
  if (others.length === 0) return <p class="empty">{t('There is no other question that everybody sees.')}</p>;
  return (
    <form class="panel" onSubmit={(submitted) => void onSubmit(submitted)}>
      <Select
        label={t('The question that stays')}
        name="into"
        choices={others.map(({ id, body }) => [id, body] as const)}
      />
      <button type="submit" class="primary" disabled={props.busy}>
        {t('Put them together')}
      </button>
    </form>
  );
};

const MINUTES = [
  ['10', t('10 minutes')],
  ['30', t('30 minutes')],
  ['120', t('2 hours')],
  ['1440', t('A day')],
] as const;

/** Keeps order: mutes the author of a question, or sends them out. */
export const OrderPanel = (props: Props) => {
  const userId = props.question.authorId ?? '';
  const onSubmit = onSubmitOf(props, (form, pressed) =>
    client.call(pressed === 'remove' ? 'live.remove' : 'live.mute', {
      ...{ eventId: props.model.eventId, userId },
      ...{ minutes: Number(form.get('minutes')), reason: String(form.get('why')) },
    }),
  );
  return (
    <form class="panel" onSubmit={(submitted) => void onSubmit(submitted)}>
      <p>
        <b>{nameOf(props.model, userId)}</b>
      </p>
      <Select label={t('For how long')} name="minutes" choices={MINUTES} />
      <Field label={t('Why, for the team to read')} name="why" maxLength={500} required />
      <div class="line">
        <button type="submit" class="primary" disabled={props.busy} value="mute">
          {t('Mute')}
        </button>
        <button type="submit" class="danger" disabled={props.busy} value="remove">
          {t('Send out of the room')}
        </button>
      </div>
    </form>
  );
};
