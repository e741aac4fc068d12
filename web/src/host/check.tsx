interface Props {
  label: string;
  checked: boolean;
  onChange: (isChecked: boolean) => void;
  /** The purpose of the field, in a line below it. */
  hint?: string;
}

/** A labelled yes or no. */
export const Check = ({ label, checked, onChange, hint }: Props) => (
  <label class="check">
    <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
    <span>
      {label}
      {hint && (
        <>
          <br />
          <small>{hint}</small>
        </>
      )}
    </span>
  </label>
);
