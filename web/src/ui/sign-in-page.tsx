import { useState } from 'preact/hooks';
import { t } from '../words.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { RegisterForm } from './register-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The way in: sign in, register, or be one of the demo people. */
export const SignInPage = () => {
  const [isNew, setNew] = useState(location.pathname === '/register');
  return (
    <main class="sign-in">
      <header class="sign-in-header">
        <img src="/icon.svg" alt="" width="56" height="56" />
        <h1>Rally</h1>
        <p>{t('Everyone at your event, in one place.')}</p>
      </header>
      <div class="card">
        {isNew ? <RegisterForm /> : <SignInForm />}
        <p class="sign-in-switch">
          {isNew ? t('Already have an account?') : t('New here?')}{' '}
          <button type="button" class="link" onClick={() => setNew(!isNew)}>
            {isNew ? t('Sign in') : t('Create an account')}
          </button>
        </p>
      </div>
      {!isNew && <DemoAccounts />}
    </main>
  );
};
