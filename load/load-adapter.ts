import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Adapter } from './adapter.ts';
import { rallyAdapter } from './rally/adapter.ts';

/** The adapter in a file, or Rally's own. @throws Error that says what is wrong with the file */
export const loadAdapter = async (file: string | undefined): Promise<Adapter> => {
  if (file === undefined) return rallyAdapter;
  const loaded = await import(pathToFileURL(resolve(file)).href).catch((error: unknown) => {
    throw new Error(`--adapter: ${file} cannot be loaded: ${error instanceof Error ? error.message : error}`);
  });
  if (typeof loaded.adapter?.signIn !== 'function') throw new Error(`--adapter: ${file} exports no "adapter"`);
  // Safe: as far as can be seen.
  return loaded.adapter as Adapter;
};
