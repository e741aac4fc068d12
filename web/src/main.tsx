import './no-eval.ts';
import { render } from 'preact';
import { start } from './state/session.ts';
import { App } from './ui/app.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app');
render(<App />, root);
void start();
