import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENVIRONMENT_VARIABLES } from '../src/platform/config.ts';

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

test('`.ci/run` looks at the files first, then runs the tests as the README says', () => {
  const commands = readFileSync('.ci/run', 'utf8').trimEnd().split('\n').slice(-3);
  expect(commands).toEqual(['npm ci', 'npm run check', 'npm test']);
  expect(readFileSync('README.md', 'utf8')).toContain('\nnpm ci && npm test\n');
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
