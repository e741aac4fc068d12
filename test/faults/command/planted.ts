import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import typescript from 'typescript';
import { projectPath } from '../../../src/platform/embedded/project-paths.ts';
import { copyCheckout } from '../../mutants/copy-checkout.ts';
import { applyMutation, type Mutation, staleness } from '../../mutants/mutation.ts';
import { mutations } from '../../mutants/mutations.ts';

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
export const buildPlanted = (plants: readonly Mutation[], folder: string): string => {
  copyCheckout(folder);
  cpSync(projectPath('dist'), join(folder, 'dist'), { recursive: true });
  for (const mutation of plants) applyMutation(folder, mutation);
  for (const { file } of plants) buildFile(join(folder, file), join(folder, file.replace(/^src/, 'dist')));
  return join(folder, 'dist/main.js');
};

/** A mistake need not keep to the types, so they are only taken away. */
const buildFile = (source: string, built: string): void => {
  if (!source.endsWith('.ts')) {
    copyFileSync(source, built);
    return;
  }
  const { outputText } = typescript.transpileModule(readFileSync(source, 'utf8'), {
    compilerOptions: {
      target: typescript.ScriptTarget.ES2023,
      module: typescript.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  writeFileSync(built.replace(/\.ts$/, '.js'), outputText);
};
