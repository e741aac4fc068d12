import '../no-eval.ts';
import { render } from 'preact';
import { start } from '../state/session.ts';
import { SignedIn } from '../ui/signed-in.tsx';
import { Gone } from './gone.tsx';
import { StagePage } from './stage-page.tsx';

const [, eventId] = /^\/app\/live\/([0-9a-f-]{36})\/?$/.exec(location.pathname) ?? [];

const App = () => (
  <SignedIn title="Come to the stage">{eventId === undefined ? <Gone /> : <StagePage eventId={eventId} />}</SignedIn>
);

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app');
render(<App />, root);
void start();
