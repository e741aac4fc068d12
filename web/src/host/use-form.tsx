import { useEffect, useRef, useState } from 'preact/hooks';
import { type Submission, useSubmit } from '../ui/use-submit.ts';

/** The names of the fields of a form that hold words. */
type TextName<Values> = { [Name in keyof Values]: Values[Name] extends string ? Name : never }[keyof Values] & string;

export interface Form<Values> extends Submission {
  values: Values;
  change: (part: Partial<Values>) => void;
  /** What a field needs: its value, its change, its problem. @param path of the server's field where it is called otherwise */
  field: (
    name: TextName<Values>,
    path?: string,
  ) => { name: string; value: string; onInput: (words: string) => void; problem: string | undefined };
  /** The refusals at fields that the form does not show. */
  others: () => string[];
  /** Begins anew with other values. */
  reset: (values: Values) => void;
}

/**
 * A form: what is typed, and the life of sending it. What was typed stays when it fails, and the first wrong field gets the
 * focus.
 * @param onChange hears of every change
 */
export const useForm = <Values extends object>(initial: Values, onChange?: (values: Values) => void): Form<Values> => {
  const [values, setValues] = useState(initial);
  const submission = useSubmit();
  const shown = new Set<string>();
  const fieldProblem = (path: string): string | undefined => {
    shown.add(path);
    return submission.fieldProblem(path);
  };
  const hasFailed = useRef(false);
  hasFailed.current = submission.issues.length > 0;
  useEffect(() => {
    if (hasFailed.current) document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus();
  }, [submission.issues]);
  const change = (part: Partial<Values>): void => {
    setValues((before) => ({ ...before, ...part }));
    onChange?.({ ...values, ...part });
  };
  return {
    ...submission,
    values,
    change,
    fieldProblem,
    field: (name, path = name) => ({
      name,
      // Safe: only names of words are taken.
      value: values[name] as string,
      onInput: (words) => change({ [name]: words } as unknown as Partial<Values>),
      problem: fieldProblem(path),
    }),
    others: () =>
      submission.issues.filter(({ path }) => !shown.has(path)).map(({ path, message }) => `${path}: ${message}`),
    reset: setValues,
  };
};

/** Says at the foot of a form what was wrong with it as a whole, or with fields that it does not show. */
export const FormProblem = ({ of: { problem, others } }: { of: Pick<Form<object>, 'problem' | 'others'> }) => (
  <p class="form-problem" role="alert">
    {problem ?? others().join(' · ')}
  </p>
);
