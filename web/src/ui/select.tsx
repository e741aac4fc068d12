import { useId } from 'preact/hooks';

interface Props {
  label: string;
  name: string;
  /** The choices, the usual first: each value with its words. */
  choices: readonly (readonly [value: string, words: string])[];
  value?: string;
  onChange?: (value: string) => void;
}

/** A labelled choice of one among few. */
export const Select = ({ label, name, choices, value, onChange }: Props) => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select {...{ id, name, value }} onChange={({ currentTarget }) => onChange?.(currentTarget.value)}>
        {choices.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
};
