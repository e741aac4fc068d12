#!/usr/bin/env node
// `npm start`: builds what is stale, then runs the whole server on this machine.
import { build } from './build.mjs';

try {
  await build();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await import('../dist/start.js');
