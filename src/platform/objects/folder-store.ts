import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../ids.ts';
import { checkName } from './object-name.ts';
import type { Objects } from './objects.ts';

/** Beside the objects, on the same file system, so that a finished file takes its name in one step. */
const UNFINISHED = 'unfinished';

/** Objects as files. Several processes may use the folder at once, also over a network file system that can rename. */
export const createFolderStore = (folder: string): Objects => {
  const pathOf = (name: string): string => join(folder, checkName(name));
  return {
    put: async (name, bytes) => {
      const path = pathOf(name);
      const draft = join(folder, UNFINISHED, newId());
      await Promise.all([mkdir(dirname(path), { recursive: true }), mkdir(dirname(draft), { recursive: true })]);
      try {
        await writeDurably(draft, bytes);
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },
    get: (name) => readFile(pathOf(name)).catch(nullWhenAbsent),
    has: async (name) => (await access(pathOf(name), constants.R_OK).catch(nullWhenAbsent)) !== null,
    delete: (name) => rm(pathOf(name), { force: true }),
  };
};

const writeDurably = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx', 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** A new name is durable once its folder is. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const nullWhenAbsent = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
};
