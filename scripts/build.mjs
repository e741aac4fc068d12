#!/usr/bin/env node
// Makes dist/ out of src/ and web/: the Prisma client, the compiled program, its other files, the console.
// A step whose inputs have not changed since it last succeeded is skipped; --force repeats all of them.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBuildLock } from './build-lock.mjs';
import { compressAssets } from './compress-assets.mjs';
import { filesBelow } from './fingerprint.mjs';
import { createSteps, runTool } from './steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (path) => join(root, path);
const stampFile = inRoot('dist/.stamp');
const buildInfo = 'dist/.tsbuildinfo';
const everyStep = ['scripts/build.mjs', 'package-lock.json'];
const { isStale, runStep } = createSteps({ root, stampFile, verb: 'building' });

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
    inputs: ['web', 'src/sdk', 'src/kernel', 'src/domains', 'src/words', 'scripts/compress-assets.mjs', ...everyStep],
    applies: () => ['ts', 'js', 'mjs'].some((ending) => existsSync(inRoot(`web/vite.config.${ending}`))),
    output: 'dist/web',
    run: async () => {
      await tool('.bin/vite', ['build', 'web', '--outDir', inRoot('dist/web'), '--emptyOutDir', '--logLevel', 'warn']);
      await compressAssets(inRoot('dist/web'));
    },
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
  for (const path of filesBelow(inRoot('src')).filter((file) => !/\.(tsx?|md)$/.test(file))) {
    mkdirSync(dirname(join(inRoot('dist'), path)), { recursive: true });
    copyFileSync(join(inRoot('src'), path), join(inRoot('dist'), path));
  }
}

/** A module that was renamed or removed must not be found any more under its old name. */
function removeOrphans() {
  for (const path of filesBelow(inRoot('dist')).filter((file) => !/^(web\/|\.)/.test(file))) {
    const isCompiled = /\.(js|js\.map|d\.ts)$/.test(path);
    const sources = isCompiled ? ['.ts', '.tsx'].map((end) => path.replace(/\.(js|js\.map|d\.ts)$/, end)) : [path];
    if (!sources.some((source) => existsSync(join(inRoot('src'), source)))) rmSync(join(inRoot('dist'), path));
  }
}

function tool(path, args) {
  return runTool(root, path, args);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build({ force: process.argv.includes('--force') });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
