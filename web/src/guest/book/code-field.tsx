import { useState } from 'preact/hooks';
import { Field } from '../../ui/field.tsx';
import { t } from '../../words.ts';

interface Props {
  /** The code that counts; undefined for none. */
  code: string | undefined;
  /** Why it does not work. */
  problem: string | undefined;
  onChange: (code: string | undefined) => void;
}

/** A place for a code; the price beside it says what it takes off. */
export const CodeField = ({ code, problem, onChange }: Props) => {
  const [words, setWords] = useState(code ?? '');
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    onChange(words.trim() === '' ? undefined : words.trim().toUpperCase());
  };
  return (
    <details class="more-choices" open={code !== undefined}>
      <summary>{t('I have a code')}</summary>
      <form class="code-field" onSubmit={onSubmit}>
        <Field label={t('Code')} value={words} onInput={setWords} problem={problem} maxLength={40} autocomplete="off" />
        <button type="submit" class="quiet">
          {t('Use it')}
        </button>
        {code !== undefined && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setWords('');
              onChange(undefined);
            }}
          >
            {t('Without code')}
          </button>
        )}
      </form>
    </details>
  );
};
