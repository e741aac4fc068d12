import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One change of the source that breaks a promise, and the tests that must notice. */
export interface Mutation {
  /** Unique, in kebab case. */
  id: string;
  /** The promise it breaks, or how it breaks it, in one sentence. */
  breaks: string;
  /** Where, from the project's folder: TypeScript, Lua or SQL. */
  file: string;
  /** The source text that is replaced. It stands in the file exactly once. */
  from: string;
  to: string;
  /** The nearest test files; one of their tests must fail. None of them may run the build. */
  tests: readonly [string, ...string[]];
  /** Runs only tests whose full name has this text, as it stands in one of the files: a trial is then as quick as its test. */
  named?: string;
}

/** Why a mutation cannot be applied any more, in words; null when it can. */
export const staleness = (folder: string, { file, from, to, tests, named }: Mutation): string | null => {
  if (from === to) return 'it changes nothing';
  const missing = [file, ...tests].find((path) => !existsSync(join(folder, path)));
  if (missing !== undefined) return `there is no ${missing}`;
  const isNamed = (test: string): boolean => readFileSync(join(folder, test), 'utf8').includes(named ?? '');
  if (!tests.some(isNamed)) return `no test of ${tests.join(', ')} is named "${named}"`;
  const found = readFileSync(join(folder, file), 'utf8').split(from).length - 1;
  return found === 1 ? null : `its text stands ${found} times in ${file}`;
};

/** Changes the file in the folder. @returns what puts the file back */
export const applyMutation = (folder: string, { file, from, to }: Mutation): (() => void) => {
  const path = join(folder, file);
  const original = readFileSync(path, 'utf8');
  // A function, for `to` may hold what `replace` would take for a pattern.
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  return () => writeFileSync(path, original);
};
