import { defineConfig } from 'vite';
import { appWorker } from './app-worker.plugin.ts';
import { scanWorker } from './scan-worker.plugin.ts';

/** Where `vite dev` finds a running server. */
const server = process.env.RALLY_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [scanWorker(), appWorker()],
  // The list of messages stands on a package that is written for React; Preact answers for it.
  resolve: {
    alias: [
      { find: /^react-dom$/, replacement: 'preact/compat' },
      { find: /^react$/, replacement: 'preact/compat' },
      { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
    ],
  },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    sourcemap: true,
    // The pages' policy allows no addresses that contain the file itself.
    assetsInlineLimit: 0,
    // The server finds style and script of the public pages by it.
    manifest: true,
    rolldownOptions: {
      input: ['app.html', 'scan.html', 'src/public/public.css', 'src/public/public.ts'].map(
        (file) => `${import.meta.dirname}/${file}`,
      ),
    },
  },
  server: {
    proxy: { '/v1': server, '/socket.io': { target: server, ws: true } },
  },
});
