import type { Plugin } from 'vite';
import { addressesOf, type Built, type BuiltFile, entryOf, filesFrom } from './built-files.ts';

/** Of the parts that are loaded when they are opened: what a guest needs when the network is gone. */
const isForGuests = ({ facadeModuleId }: BuiltFile): boolean => /\/src\/(guest|words)\//.test(facadeModuleId ?? '');

/**
 * Writes `/app-worker.js`, the service worker of the app: it keeps the shell and the guest's pages for when the network is
 * gone, and shows what is pushed. Its cache is named by the files, so a new build is a new cache.
 */
export const appWorker = (): Plugin => ({
  name: 'rally:app-worker',
  apply: 'build',
  // After Vite has settled which files there are.
  enforce: 'post',
  generateBundle(_options, bundle) {
    const built = bundle as unknown as Built;
    const entry = entryOf(built, 'app');
    if (entry === undefined) return;
    const paths = ['/icon.svg', ...addressesOf(filesFrom(built, entry, isForGuests))];
    this.emitFile({ type: 'asset', fileName: 'app-worker.js', source: workerText(paths) });
  },
});

const workerText = (paths: readonly string[]): string => `const SHELL = '/app';
const FILES = ${JSON.stringify(paths, null, 2)};
const CACHE = 'rally-app ' + FILES.join(' ');
const PATIENCE_MS = 3000;
addEventListener('install', (event) => {
  const fresh = [SHELL, ...FILES].map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
  skipWaiting();
});
addEventListener('activate', (event) => {
  const forget = caches.keys().then((names) =>
    Promise.all(names.filter((name) => name.startsWith('rally-app ') && name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(forget.then(() => clients.claim()));
});
const kept = (path) => caches.open(CACHE).then((cache) => cache.match(path));
// The server's page is newer; the kept one is there when the server is not, or takes too long.
const openPage = async (request) => {
  const shell = await kept(SHELL);
  if (!shell) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, shell));
  const asked = fetch(request).then((answer) => (answer.status < 500 ? answer : shell), () => shell);
  return Promise.race([asked, late]);
};
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (FILES.includes(url.pathname)) event.respondWith(kept(url.pathname).then((file) => file ?? fetch(request)));
});
addEventListener('push', (event) => {
  const { id, title, message } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body: message, tag: id, icon: '/icon.svg', data: { id } }));
});
addEventListener('notificationclick', (event) => {
  event.notification.close();
  const address = '/app/notifications?open=' + encodeURIComponent(event.notification.data.id);
  const open = async () => {
    const [page] = await clients.matchAll({ type: 'window' });
    if (!page) return clients.openWindow(address);
    await page.focus();
    return page.navigate(address);
  };
  event.waitUntil(open());
});
`;
