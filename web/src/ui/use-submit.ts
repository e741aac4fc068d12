import { useState } from 'preact/hooks';
import { RallyError } from '../../../src/sdk/index.ts';
import { t } from '../words.ts';

export interface Submission {
  busy: boolean;
  /** The whole form's problem, when no field is to blame. */
  problem: string | undefined;
  /** A field's problem, by its name. */
  fieldProblem: (name: string) => string | undefined;
  /** Everything that was refused, field by field. */
  issues: RallyError['issues'];
  /** Runs once at a time and keeps what went wrong. */
  submit: (work: () => Promise<unknown>) => Promise<boolean>;
}

const NONE: RallyError['issues'] = [];

/** The life of a form: busy, done, or what the server says is wrong. */
export const useSubmit = (): Submission => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<RallyError | undefined>();
  const submit = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof RallyError)) throw thrown;
      setError(thrown);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const fieldProblem = (name: string): string | undefined => error?.issues.find(({ path }) => path === name)?.message;
  const issues = error?.issues ?? NONE;
  return { busy, problem: issues.length > 0 ? undefined : error && wordsFor(error), fieldProblem, issues, submit };
};

/** What to tell people of an error. */
export const wordsFor = (error: RallyError): string => {
  if (error.code === 'UNREACHABLE') return t('The server does not answer. Please try again.');
  if (error.code === 'RATE_LIMITED') {
    return t('Too many attempts. Please wait {seconds} seconds.', {
      seconds: Math.ceil((error.retryAfterMs ?? 60_000) / 1_000),
    });
  }
  return error.message;
};
