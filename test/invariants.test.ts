import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const page = readFileSync('docs/invariants.md', 'utf8');
const rows = [...page.matchAll(/^\| ([A-Z]\d+) \|.*\| `([^`]+)` \|$/gm)].map(([, name = '', path = '']) => ({
  name,
  path,
}));

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));

test.each(rows)('$name is held where the page says: $path', ({ name, path }) => {
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`\\b${name}\\b`));
});

test('every invariant that the code cites is on the page', () => {
  const cited = sourcesOf('src').flatMap((source) =>
    [...source.matchAll(/\(((?:[A-Z]\d+)(?:, [A-Z]\d+)*)\)/g)].flatMap(([, names = '']) => names.split(', ')),
  );
  const known = new Set(rows.map(({ name }) => name));
  expect(cited.length).toBeGreaterThan(10);
  expect(cited.filter((name) => !known.has(name))).toEqual([]);
});
