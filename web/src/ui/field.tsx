import { useId } from 'preact/hooks';

interface Props {
  label: string;
  /** What the server says is wrong with it. */
  problem?: string | undefined;
  name?: string;
  type?: 'text' | 'email' | 'password' | 'search';
  autocomplete?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  placeholder?: string;
  value?: string;
  onInput?: (words: string) => void;
}

/** A labelled input with its problem, if it has one. */
export const Field = ({ label, problem, type = 'text', onInput, ...input }: Props) => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        id={id}
        // Safe: the four kinds share every attribute that is given here; Preact's types know each kind only by itself.
        type={type as 'text'}
        onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
      />
      <p class="field-problem" id={`${id}-problem`}>
        {problem}
      </p>
    </div>
  );
};
