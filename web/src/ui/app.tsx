import { phase } from '../state/session.ts';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** The whole page: a way in, or what is inside. */
export const App = () => {
  if (phase.value === 'starting') return <div class="starting" role="status" aria-label="Loading" />;
  return phase.value === 'in' ? <Shell /> : <SignInPage />;
};
