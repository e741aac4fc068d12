import { execFile } from 'node:child_process';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectPath } from '../../../src/platform/embedded/project-paths.ts';
import { copyCheckout } from '../../mutants/copy-checkout.ts';
import { applyMutation, type Mutation, staleness } from '../../mutants/mutation.ts';
import { mutations } from '../../mutants/mutations.ts';

const run = promisify(execFile);

/** @returns the mutations with these ids, of those that `npm run test:mutants` knows. @throws Error when there is none */
export const plantsOf = (ids: readonly string[]): Mutation[] =>
  ids.map((id) => {
    const found = mutations.find((mutation) => mutation.id === id);
    if (found === undefined) throw new Error(`--plant: there is no mutation "${id}"`);
    const reason = staleness(projectPath('.'), found);
    if (reason !== null) throw new Error(`--plant ${id}: ${reason}`);
    if (!/^src\/.*\.(ts|lua)$/.test(found.file))
      throw new Error(`--plant ${id}: ${found.file} is no part of the program`);
    return found;
  });

/**
 * Builds the program with mistakes in it, in a copy of the checkout: what is found then shows what would be found.
 * @param folder where the copy is made; it is not there yet
 * @returns the program
 */
export const buildPlanted = async (plants: readonly Mutation[], folder: string): Promise<string> => {
  copyCheckout(folder);
  // Most of it is right already, and need not be compiled again.
  cpSync(projectPath('dist'), join(folder, 'dist'), { recursive: true });
  for (const mutation of plants) applyMutation(folder, mutation);
  await run(
    process.execPath,
    [
      join(folder, 'node_modules/native-typescript/bin/tsc'),
      ...['-p', 'tsconfig.build.json', '--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo'],
    ],
    { cwd: folder },
  );
  for (const { file } of plants.filter((plant) => !plant.file.endsWith('.ts'))) {
    copyFileSync(join(folder, file), join(folder, file.replace(/^src/, 'dist')));
  }
  return join(folder, 'dist/main.js');
};
