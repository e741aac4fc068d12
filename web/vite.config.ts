import { defineConfig } from 'vite';

/** Where `vite dev` finds a running server. */
const server = process.env.RALLY_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../dist/web', emptyOutDir: true, sourcemap: true },
  server: {
    proxy: { '/v1': server, '/socket.io': { target: server, ws: true } },
  },
});
