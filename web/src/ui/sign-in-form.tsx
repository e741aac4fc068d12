import { signIn, status } from '../state/session.ts';
import { t } from '../words.ts';
import { Field } from './field.tsx';
import { useSubmit } from './use-submit.ts';

export const SignInForm = () => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    const input = { email: String(form.get('email')), password: String(form.get('password')) };
    void submit(() => signIn(input, form.get('keep') === 'on'));
  };
  const ended = status.value.phase === 'signedOut' ? status.value.error?.message : undefined;
  return (
    <form onSubmit={onSubmit}>
      <h2>{t('Sign in')}</h2>
      <p class="form-problem" role="alert">
        {problem ?? ended}
      </p>
      <Field
        label={t('Email')}
        name="email"
        type="email"
        autocomplete="username"
        required
        problem={fieldProblem('email')}
      />
      <Field
        label={t('Password')}
        name="password"
        type="password"
        autocomplete="current-password"
        required
        problem={fieldProblem('password')}
      />
      <label class="check">
        <input type="checkbox" name="keep" /> {t('Keep me signed in on this device')}
      </label>
      <button type="submit" class="primary wide" disabled={busy}>
        {busy ? t('Signing in…') : t('Sign in')}
      </button>
    </form>
  );
};
