import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';

/** What no test of the source reads; `dist` among them, so that a test of the build fails instead of running the original. */
const LEFT_OUT = new Set([
  '.git',
  'node_modules',
  '.cache',
  'dist',
  '.rally',
  'coverage',
  'bench/results',
  'load/results',
  'test/faults/results',
]);

/** What the copy has of the checkout itself: the programs that it runs, which nothing changes. */
const SHARED = ['node_modules', '.cache'];

/** Makes a copy of the checkout that may be changed, in a folder that is not there yet. */
export const copyCheckout = (folder: string): void => {
  const root = projectPath('.');
  mkdirSync(folder);
  cpSync(root, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(root, path)) });
  for (const shared of SHARED) symlinkSync(projectPath(shared), join(folder, shared));
};
