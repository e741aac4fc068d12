import { accessSync, chmodSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { SetupError } from './setup-error.ts';

/**
 * Makes the folder of a database if it does not exist.
 * @param mode permissions it is given
 * @returns its path without symbolic links, as the servers themselves report it
 * @throws SetupError if this user may not work in it
 */
export function openDataFolder(path: string, mode: 0o700 | 0o755): string {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    chmodSync(path, mode);
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    throw new SetupError(
      `${path} cannot be used by this user: start as its owner, or set RALLY_DATA_DIR to a folder of your own`,
    );
  }
}
