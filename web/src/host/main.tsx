import '../no-eval.ts';
import { render } from 'preact';
import { start } from '../state/session.ts';
import { SignedIn } from '../ui/signed-in.tsx';
import { Board } from './board.tsx';
import { Desk } from './desk/desk.tsx';

const PAGES = { live: Board, desk: Desk } as const;

/** The page at an address of the host's part; null where there is none. */
const pageAt = (path: string) => {
  const [, eventId, name] = /^\/host\/events\/([0-9a-f-]{36})\/(live|desk)\/?$/.exec(path) ?? [];
  if (eventId === undefined) return null;
  // Safe: the address names one of the two.
  const Page = PAGES[name as keyof typeof PAGES];
  return <Page eventId={eventId} />;
};

const App = () => (
  <SignedIn title="Run your event">
    {pageAt(location.pathname) ?? (
      <main class="way-in">
        <h1>There is no such page</h1>
        <p>
          The board of an event stands at <code>/host/events/…/live</code>, its desk at <code>/host/events/…/desk</code>
          . <a href="/">To the chats</a>
        </p>
      </main>
    )}
  </SignedIn>
);

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app');
render(<App />, root);
void start();
