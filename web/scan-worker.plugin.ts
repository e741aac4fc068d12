import type { Plugin } from 'vite';
import { addressesOf, type Built, entryOf, filesFrom } from './built-files.ts';

/**
 * Writes `/scan-worker.js`, the service worker of the scanner page, with the list of the files that the page needs when the
 * network is cut. Its cache is named by these files, so a new build is a new cache.
 */
export const scanWorker = (): Plugin => ({
  name: 'rally:scan-worker',
  apply: 'build',
  generateBundle(_options, bundle) {
    const built = bundle as unknown as Built;
    const entry = entryOf(built, 'scan');
    if (entry === undefined) return;
    const files = filesFrom(built, entry, () => true);
    // The worker that reads pictures, and its WebAssembly.
    for (const file of Object.keys(built))
      if (/decode\.worker|\.wasm$/.test(file) && !file.endsWith('.map')) files.add(file);
    const paths = ['/scan', '/scan.webmanifest', '/icon.svg', ...addressesOf(files)];
    this.emitFile({ type: 'asset', fileName: 'scan-worker.js', source: workerText(paths) });
  },
});

const workerText = (paths: readonly string[]): string => `const FILES = ${JSON.stringify(paths, null, 2)};
const CACHE = 'rally-scan ' + FILES.join(' ');
addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })))));
});
addEventListener('activate', (event) => {
  const forget = caches.keys().then((names) =>
    Promise.all(names.filter((name) => name.startsWith('rally-scan ') && name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(forget.then(() => clients.claim()));
});
addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || !FILES.includes(url.pathname)) return;
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(url.pathname)).then((kept) => kept ?? fetch(event.request)));
});
`;
