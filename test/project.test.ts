import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const PATIENCE_MS = 240_000;

/** What a tool has to complain about; empty when it is content. */
const complaints = (program: string, ...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '' } };
    execFile(program, args, options, (error, stdout, stderr) => resolve(error ? `${stdout}${stderr}` : ''));
  });

describe('the code', { timeout: PATIENCE_MS }, () => {
  test('is formatted and passes the linter', async () => {
    expect(await complaints('node_modules/.bin/biome', 'check', '.', '--error-on-warnings')).toBe('');
  });

  test('compiles', async () => {
    expect(await complaints('node_modules/.bin/tsc', '-p', 'tsconfig.json', '--noEmit')).toBe('');
  });

  test.runIf(existsSync('web/tsconfig.json'))('of the console compiles', async () => {
    expect(await complaints('node_modules/.bin/tsc', '-p', 'web', '--noEmit')).toBe('');
  });
});

test('docs/openapi.json and docs/asyncapi.json are what the contracts say', { timeout: PATIENCE_MS }, async () => {
  expect(await complaints(process.execPath, '--import', 'tsx', 'scripts/docs.ts', '--check')).toBe('');
});

describe('package.json', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const versions: [string, string][] = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });

  test('names exact versions', () => {
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+[-.\w]*$/.test(version))).toEqual([]);
  });

  test('keeps to the TypeScript that the boundary checker can read', () => {
    // With a newer one it sees no file, finds nothing wrong and is content.
    expect(devDependencies.typescript).toMatch(/^6\./);
  });
});

test('no link between our documents leads nowhere', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...markdownBelow('docs'), ...markdownBelow('src')];
  const dead = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .map(([, target = '']) => join(dirname(page), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${page} → ${target}`),
  );
  expect(dead).toEqual([]);
});

const markdownBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('vendor'))
    .map((path) => join(folder, path));
