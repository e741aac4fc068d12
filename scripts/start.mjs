#!/usr/bin/env node
// `npm start`: builds what is stale, then runs the whole server on this machine.
import { build } from './build.mjs';

const parent = process.ppid;
try {
  await build();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
// npm was told to end while we were building: nobody wants the server any more.
if (process.ppid !== parent) process.exit(1);
await import('../dist/start.js');
