import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What the build made of an entry: its file, and what that loads at once. */
interface Entry {
  file: string;
  imports?: string[];
  css?: string[];
}

const ROOT = 'dist/web';
const manifest = JSON.parse(readFileSync(`${ROOT}/.vite/manifest.json`, 'utf8')) as Record<string, Entry>;

/** Files that a page loads before it shows anything. */
const filesOf = (name: string, seen = new Set<string>()): Set<string> => {
  const entry = manifest[name];
  if (!entry) throw new Error(`the build has no ${name}`);
  seen.add(entry.file);
  for (const file of entry.css ?? []) seen.add(file);
  for (const each of entry.imports ?? []) if (!seen.has(manifest[each]?.file ?? '')) filesOf(each, seen);
  return seen;
};

/** As a browser gets it: compressed where the build has compressed it. */
const sizeOf = (file: string): number => {
  const copy = `${ROOT}/${file}.br`;
  return statSync(existsSync(copy) ? copy : `${ROOT}/${file}`).size;
};

const KB = 1_000;

test.each([
  ['src/public/public.ts', 'js', 2 * KB],
  ['src/public/public.css', 'css', 6 * KB],
  ['app.html', 'js', 150 * KB],
  ['scan.html', 'js', 80 * KB],
])('%s loads no more %s than it may', (entry, kind, most) => {
  const sizes = [...filesOf(entry)].filter((file) => file.endsWith(`.${kind}`)).map(sizeOf);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most);
});

test('what is long lies there compressed', () => {
  for (const { file } of Object.values(manifest)) {
    if (/\.(js|css)$/.test(file) && statSync(`${ROOT}/${file}`).size > 2 * KB) {
      expect(existsSync(`${ROOT}/${file}.br`), file).toBe(true);
      expect(existsSync(`${ROOT}/${file}.gz`), file).toBe(true);
    }
  }
});
