import type { ComponentChildren } from 'preact';
import { phase } from '../state/session.ts';
import { SignInForm } from './sign-in-form.tsx';

interface Props {
  /** The heading above the way in. */
  title: string;
  children: ComponentChildren;
}

/** A page for whoever is signed in; others find the way in at its place. */
export const SignedIn = ({ title, children }: Props) => {
  if (phase.value === 'starting') return <div class="starting" role="status" aria-label="Loading" />;
  if (phase.value === 'in') return <>{children}</>;
  return (
    <main class="way-in">
      <h1>{title}</h1>
      <section class="card">
        <SignInForm />
      </section>
    </main>
  );
};
