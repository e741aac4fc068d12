import { useState } from 'preact/hooks';
import { DemoAccounts } from './demo-accounts.tsx';
import { RegisterForm } from './register-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The way in: sign in, register, or be one of the demo people. */
export const SignInPage = () => {
  const [isNew, setNew] = useState(false);
  return (
    <main class="sign-in">
      <header class="sign-in-header">
        <img src="/icon.svg" alt="" width="56" height="56" />
        <h1>Rally</h1>
        <p>Everyone at your event, in one conversation.</p>
      </header>
      <div class="card">
        {isNew ? <RegisterForm /> : <SignInForm />}
        <p class="sign-in-switch">
          {isNew ? 'Already have an account?' : 'New here?'}{' '}
          <button type="button" class="link" onClick={() => setNew(!isNew)}>
            {isNew ? 'Sign in' : 'Create an account'}
          </button>
        </p>
      </div>
      {!isNew && <DemoAccounts />}
    </main>
  );
};
