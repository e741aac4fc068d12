import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDERS = ['src', 'docs', 'test', 'bench', 'load', 'web', 'deploy'];
const LONE = ['README.md', 'CONTRIBUTING.md'];

const documents = [
  ...LONE,
  ...FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && !path.includes('node_modules') && !path.startsWith('generated'))
      .map((path) => join(folder, path)),
  ),
];

/** Files that a document names between backticks or links to; patterns and files of a running server are none. */
const namedIn = (path: string): string[] => {
  const text = readFileSync(path, 'utf8').replaceAll(/```[\s\S]*?```/g, '');
  const quoted = [...text.matchAll(/`([\w@./-]+\.(?:ts|tsx|mjs|cjs|lua|prisma|md))`/g)].map(([, name = '']) => name);
  const linked = [...text.matchAll(/\]\(([\w./-]+\.(?:ts|md))(?:#[\w-]*)?\)/g)].map(([, name = '']) => name);
  return [...quoted, ...linked];
};

/** A name is looked for beside its document, from the root, from `src/domains/`, and as the end of a path. */
const everyPath = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
);

const exists = (document: string, name: string): boolean =>
  existsSync(join(dirname(document), name)) ||
  existsSync(name) ||
  everyPath.some((path) => path.endsWith(`/${name.replace(/^(?:\.\.?\/)+/, '')}`));

/** Files that a reader is told to make. */
const TO_BE_MADE = ['add-many.ts'];

test.each(documents)('%s names no file that does not exist', (document) => {
  expect(namedIn(document).filter((name) => !exists(document, name) && !TO_BE_MADE.includes(name))).toEqual([]);
});
