import '../no-eval.ts';
import { render } from 'preact';
import { phase, start } from '../state/session.ts';
import { SignInForm } from '../ui/sign-in-form.tsx';
import { Board } from './board.tsx';

/** The page at an address of the host's part; null where there is none. */
const pageAt = (path: string) => {
  const [, eventId] = /^\/host\/events\/([0-9a-f-]{36})\/live\/?$/.exec(path) ?? [];
  return eventId === undefined ? null : <Board eventId={eventId} />;
};

const App = () => {
  if (phase.value === 'starting') return <div class="starting" role="status" aria-label="Loading" />;
  if (phase.value === 'out') {
    return (
      <main class="way-in">
        <h1>Run your event</h1>
        <section class="card">
          <SignInForm />
        </section>
      </main>
    );
  }
  return (
    pageAt(location.pathname) ?? (
      <main class="way-in">
        <h1>There is no such page</h1>
        <p>
          The board of an event stands at <code>/host/events/…/live</code>. <a href="/">To the chats</a>
        </p>
      </main>
    )
  );
};

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app');
render(<App />, root);
void start();
