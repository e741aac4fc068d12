import { render } from 'preact';
import { place } from './door.ts';
import { begin } from './life.ts';
import { Scanner } from './scanner.tsx';
import { WayIn } from './way-in.tsx';

const App = () => {
  if (place.value === undefined) return <div class="starting" role="status" aria-label="Loading" />;
  return place.value ? <Scanner /> : <WayIn />;
};

const root = document.getElementById('app');
if (!root) throw new Error('The page has no #app');
render(<App />, root);
void begin();
void navigator.serviceWorker?.register('/scan-worker.js', { scope: '/scan' });
