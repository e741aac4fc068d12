import { register } from '../state/session.ts';
import { t } from '../words.ts';
import { Field } from './field.tsx';
import { useSubmit } from './use-submit.ts';

export const RegisterForm = () => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(form.get(name));
    const input = {
      email: text('email'),
      username: text('username'),
      password: text('password'),
      firstName: text('firstName'),
      lastName: text('lastName'),
    };
    void submit(() => register(input));
  };
  return (
    <form onSubmit={onSubmit}>
      <h2>{t('Create an account')}</h2>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <div class="field-pair">
        <Field
          label={t('First name')}
          name="firstName"
          autocomplete="given-name"
          required
          problem={fieldProblem('firstName')}
        />
        <Field
          label={t('Last name')}
          name="lastName"
          autocomplete="family-name"
          required
          problem={fieldProblem('lastName')}
        />
      </div>
      <Field
        label={t('Username')}
        name="username"
        autocomplete="username"
        required
        problem={fieldProblem('username')}
      />
      <Field
        label={t('Email')}
        name="email"
        type="email"
        autocomplete="email"
        required
        problem={fieldProblem('email')}
      />
      <Field
        label={t('Password (8 characters or more)')}
        name="password"
        type="password"
        autocomplete="new-password"
        minLength={8}
        required
        problem={fieldProblem('password')}
      />
      <button type="submit" class="primary wide" disabled={busy}>
        {busy ? t('Creating…') : t('Create account')}
      </button>
    </form>
  );
};
