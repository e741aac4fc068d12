import '../styles/main.css';
import { render } from 'preact';
import { loadWords } from '../load-words.ts';
import { start } from '../state/session.ts';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app');
void start();
// Without it the app works as long as there is a network.
void navigator.serviceWorker?.register('/app-worker.js', { scope: '/app' }).catch(() => undefined);
await loadWords();
render(<App />, root);
