#!/usr/bin/env node
// Makes dist/ out of src/ and web/: the Prisma client, the compiled program, its other files, the console.
// A step whose inputs have not changed since it last succeeded is skipped; --force repeats all of them.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.mjs';
import { filesBelow, fingerprint } from './fingerprint.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (path) => join(root, path);
const stampFile = inRoot('dist/.stamp');
const buildInfo = 'dist/.tsbuildinfo';
const everyStep = ['scripts/build.mjs', 'package-lock.json'];

const steps = [
  {
    name: 'Prisma client',
    inputs: ['prisma/schema', 'prisma.config.ts', ...everyStep],
    applies: () => existsSync(inRoot('prisma/schema')),
    output: 'src/generated/prisma',
    run: () => tool('.bin/prisma', ['generate']),
  },
  {
    name: 'program',
    inputs: ['src', 'tsconfig.json', 'tsconfig.build.json', ...everyStep],
    applies: () => existsSync(inRoot('src')),
    output: 'dist',
    run: compile,
  },
  {
    name: 'console',
    inputs: ['web', 'src/sdk', 'src/kernel', 'src/domains', ...everyStep],
    applies: () => ['ts', 'js', 'mjs'].some((ending) => existsSync(inRoot(`web/vite.config.${ending}`))),
    output: 'dist/web',
    run: () =>
      tool('.bin/vite', ['build', 'web', '--outDir', inRoot('dist/web'), '--emptyOutDir', '--logLevel', 'warn']),
  },
];

/**
 * Brings dist/ up to date. Safe for several callers at once: one builds, the others wait for it.
 * Without the development tools, as in a production image, it takes dist/ as it is.
 */
export async function build({ force = false } = {}) {
  if (!existsSync(inRoot('node_modules/native-typescript'))) return takeAsIs();
  if (force) rmSync(stampFile, { force: true });
  if (!steps.some(isStale)) return;
  mkdirSync(inRoot('dist'), { recursive: true });
  await withBuildLock(inRoot('dist/.lock'), async () => {
    for (const step of steps) if (isStale(step)) await runStep(step);
  });
}

function takeAsIs() {
  if (existsSync(inRoot('dist/main.js')) || process.env.npm_lifecycle_event === 'prepare') return;
  throw new Error('dist/ is missing and the tools to build it are not installed: run npm ci without --omit=dev');
}

function isStale({ name, inputs, applies, output }) {
  return applies() && (!existsSync(inRoot(output)) || readStamp()[name] !== fingerprint(root, inputs));
}

async function runStep({ name, inputs, run }) {
  const beganAt = performance.now();
  process.stdout.write(`building the ${name} … `);
  // Taken before the step: a file that changes meanwhile makes the result stale again.
  const before = fingerprint(root, inputs);
  try {
    await run();
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
  writeFileSync(stampFile, JSON.stringify({ ...readStamp(), [name]: before }));
  process.stdout.write(`${((performance.now() - beganAt) / 1000).toFixed(1)} s\n`);
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {}; // absent, or cut short by a kill
  }
}

async function compile() {
  if (!existsSync(stampFile)) rmSync(inRoot(buildInfo), { force: true });
  removeOrphans();
  await tool('native-typescript/bin/tsc', [
    '-p',
    'tsconfig.build.json',
    '--incremental',
    '--tsBuildInfoFile',
    buildInfo,
  ]);
  for (const path of filesBelow(inRoot('src')).filter((file) => !/\.(ts|md)$/.test(file))) {
    mkdirSync(dirname(join(inRoot('dist'), path)), { recursive: true });
    copyFileSync(join(inRoot('src'), path), join(inRoot('dist'), path));
  }
}

/** A module that was renamed or removed must not be found any more under its old name. */
function removeOrphans() {
  for (const path of filesBelow(inRoot('dist')).filter((file) => !/^(web\/|\.)/.test(file))) {
    const isCompiled = /\.(js|js\.map|d\.ts)$/.test(path);
    const source = isCompiled ? path.replace(/\.(js|js\.map|d\.ts)$/, '.ts') : path;
    if (!existsSync(join(inRoot('src'), source))) rmSync(join(inRoot('dist'), path));
  }
}

/** Runs a program in node_modules; its words are shown only if it fails. */
async function tool(path, args) {
  const child = spawn(inRoot(`node_modules/${path}`), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const words = [];
  child.stdout.on('data', (chunk) => words.push(chunk));
  child.stderr.on('data', (chunk) => words.push(chunk));
  const stop = () => child.kill();
  process.once('exit', stop);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.off('exit', stop);
  if (code !== 0) throw new Error(`${path} failed:\n${Buffer.concat(words).toString().trim()}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build({ force: process.argv.includes('--force') });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
