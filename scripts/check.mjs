#!/usr/bin/env node
// What can be said of the files without running the program: format and lint, types, boundaries, documents.
// A check whose files have not changed since it last passed is skipped; --force repeats all of them.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { createSteps, runTool } from './steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, '.cache/checks.json');
const tool = (path, ...args) => runTool(root, path, args);
const { isStale, runStep } = createSteps({ root, stampFile, verb: 'checking' });

const everyCheck = ['scripts/check.mjs', 'package.json', 'package-lock.json'];
const sources = ['src', 'web', 'tsconfig.json', ...everyCheck];
const programs = [...sources, 'test', 'bench', 'load', 'scripts', 'prisma.config.ts', 'vitest.config.ts'];
const others = ['prisma', 'docs', 'deploy', '.ci', '.vscode', 'biome.json', 'tsconfig.build.json'];
/** As many modules as any checker that reads the code must have seen. */
const MODULES_AT_LEAST = 400;

const checks = [
  {
    name: 'format and lint',
    inputs: [...programs, ...others, '.dependency-cruiser.cjs', 'README.md', 'CONTRIBUTING.md'],
    run: () => tool('.bin/biome', 'check', '.', '--error-on-warnings'),
  },
  {
    name: 'types',
    inputs: programs,
    run: () => tool('native-typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'),
  },
  {
    name: 'types of the console',
    inputs: sources,
    run: () => tool('native-typescript/bin/tsc', '-p', 'web', '--noEmit'),
  },
  {
    name: 'boundaries',
    inputs: [...sources, '.dependency-cruiser.cjs'],
    run: checkBoundaries,
  },
  {
    name: 'API documents',
    inputs: [...sources, 'scripts/docs.ts', 'docs'],
    run: () => tool('tsx/dist/cli.mjs', 'scripts/docs.ts', '--check'),
  },
];

async function checkBoundaries() {
  const said = await tool('.bin/depcruise', 'src', 'web', '--config', '.dependency-cruiser.cjs');
  const [, modules = '0'] = /\((\d+) modules/.exec(said) ?? [];
  // A checker that cannot read the code finds nothing wrong with it.
  if (Number(modules) < MODULES_AT_LEAST) throw new Error(`the boundary checker saw only ${modules} modules:\n${said}`);
}

if (process.argv.includes('--force')) rmSync(stampFile, { force: true });
// The types of the database client are generated.
await build();
for (const check of checks.filter(isStale)) {
  // Whoever repairs one thing wants to know of the others.
  await runStep(check).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
