import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENVIRONMENT_VARIABLES } from '../src/platform/config.ts';

const PATIENCE_MS = 240_000;
const TSC = 'node_modules/native-typescript/bin/tsc';

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
    expect(await complaints(TSC, '-p', 'tsconfig.json', '--noEmit')).toBe('');
  });

  test.runIf(existsSync('web/tsconfig.json'))('of the console compiles', async () => {
    expect(await complaints(TSC, '-p', 'web', '--noEmit')).toBe('');
  });
});

test('docs/openapi.json and docs/asyncapi.json are what the contracts say', { timeout: PATIENCE_MS }, async () => {
  expect(await complaints(process.execPath, '--import', 'tsx', 'scripts/docs.ts', '--check')).toBe('');
});

describe('package.json', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const versions: [string, string][] = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });

  test('names exact versions', () => {
    expect(versions.filter(([, version]) => !/^(npm:\w+@)?\d+\.\d+\.\d+[-.\w]*$/.test(version))).toEqual([]);
  });

  test('keeps to the TypeScript that the boundary checker can read', () => {
    // With a newer one it sees no file, finds nothing wrong and is content.
    expect(devDependencies.typescript).toMatch(/^6\./);
  });
});

describe('what the environment says', () => {
  const inTable = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^\| (`[^|]*`)/gm)]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)])
    .map(([, name = '']) => name);

  test('is read by no name that docs/operations.md does not explain', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.ts') && !path.startsWith('generated'),
    );
    const read = files.flatMap((path) =>
      [...readFileSync(join('src', path), 'utf8').matchAll(/\b(?:env|environment)\.([A-Z][A-Z0-9_]+)/g)].map(
        ([, name = '']) => name,
      ),
    );
    expect(read).toContain('RALLY_DATA_DIR');
    const known = new Set([...inTable, 'PATH']);
    expect([...new Set([...ENVIRONMENT_VARIABLES, ...read])].filter((name) => !known.has(name))).toEqual([]);
  });

  test('is handed to every process by docker-compose.yml', () => {
    // What the image, each service or nobody but a test sets; and one Redis serves all roles there.
    const elsewhere = ['NODE_ENV', 'PORT', 'NODE_INDEX', 'ROLES', 'PUSH_TEST_ORIGIN'];
    const roles = ENVIRONMENT_VARIABLES.filter((name) => /^REDIS_\w+_URL$/.test(name));
    const compose = readFileSync('docker-compose.yml', 'utf8');
    const handed = [...compose.matchAll(/^ {4}([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name);
    const wanted = ENVIRONMENT_VARIABLES.filter((name) => ![...elsewhere, ...roles].includes(name));
    expect(wanted.filter((name) => !handed.includes(name))).toEqual([]);
    expect(handed.filter((name) => !ENVIRONMENT_VARIABLES.includes(name))).toEqual([]);
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
