import { Field } from '../ui/field.tsx';
import { t } from '../words.ts';
import type { Poll } from './follow-stage.ts';
import { useDraft } from './use-draft.ts';

interface Props {
  poll: Poll;
  disabled: boolean;
}

/** The choices of a poll, with one's own vote, or the line that one writes. */
export const VoteFields = ({ poll, disabled }: Props) => {
  const [words, setWords] = useDraft(`vote:${poll.id}`);
  if (poll.kind === 'OPEN_TEXT') {
    return (
      <Field
        {...{ label: t('Your answer'), name: 'text', maxLength: 200, required: true }}
        value={words || (poll.mine?.text ?? '')}
        onInput={setWords}
      />
    );
  }
  const isMultiple = poll.kind === 'MULTIPLE';
  const classes = `choices ${poll.kind === 'RATING' ? 'steps' : ''}`;
  return (
    <fieldset class={classes} disabled={disabled}>
      <legend class={isMultiple ? '' : 'visually-hidden'}>
        {isMultiple ? <small>{t('Up to {most}', { most: poll.maxChoices })}</small> : t('Your choice')}
      </legend>
      {poll.options.map(({ id, text }) => (
        <label key={id} class="choice">
          <input
            type={isMultiple ? 'checkbox' : 'radio'}
            name="choice"
            value={id}
            // A vote that was given elsewhere replaces what is chosen here.
            key={`${id} ${poll.mine?.choices.includes(id)}`}
            defaultChecked={poll.mine?.choices.includes(id) ?? false}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
};
