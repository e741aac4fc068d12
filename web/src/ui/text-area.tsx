import { useId } from 'preact/hooks';

interface Props {
  label: string;
  name?: string;
  problem?: string | undefined;
  /** The purpose of the field, in a line below it. */
  hint?: string;
  required?: boolean;
  maxLength?: number;
  rows?: number;
  value?: string;
  onInput?: (words: string) => void;
}

/** A labelled place for several lines, with its problem, if it has one. */
export const TextArea = ({ label, problem, hint, rows = 4, onInput, ...input }: Props) => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        {...input}
        id={id}
        rows={rows}
        dir="auto"
        onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint ${id}-problem`}
      />
      <small id={`${id}-hint`}>{hint}</small>
      <p class="field-problem" id={`${id}-problem`}>
        {problem}
      </p>
    </div>
  );
};
