import { useId } from 'preact/hooks';

/** The kinds of input that a browser knows by itself; `datetime-local` is a wall clock's time without a zone. */
type Kind = 'text' | 'email' | 'password' | 'search' | 'number' | 'date' | 'datetime-local' | 'tel' | 'url';

interface Props {
  label: string;
  /** What the server says is wrong with it. */
  problem?: string | undefined;
  /** The purpose of the field, in a line below it. */
  hint?: string;
  name?: string;
  type?: Kind;
  autocomplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'text';
  required?: boolean;
  disabled?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  step?: number | 'any';
  placeholder?: string;
  value?: string | number;
  onInput?: (words: string) => void;
}

/** A labelled input with its problem, if it has one. */
export const Field = ({ label, problem, hint, type = 'text', onInput, ...input }: Props) => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        id={id}
        // Safe: the kinds share every attribute that is given here; Preact's types know each kind only by itself.
        type={type as 'text'}
        onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint ${id}-problem`}
      />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      <p class="field-problem" id={`${id}-problem`}>
        {problem}
      </p>
    </div>
  );
};
