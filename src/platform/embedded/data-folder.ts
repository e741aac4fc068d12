import { accessSync, chmodSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { SetupError } from './setup-error.ts';

/** Under root the servers run as other accounts, which have to get through to what is theirs, but need not look around. */
const mode = (): 0o700 | 0o711 => (process.getuid?.() === 0 ? 0o711 : 0o700);

/**
 * Makes a folder of data if it does not exist, and closes it to all other accounts.
 * @returns its path without symbolic links, as the servers themselves report it
 * @throws SetupError if this user may not work in it
 */
export function openDataFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    chmodSync(path, mode());
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    throw new SetupError(
      `${path} cannot be used by this user: start as its owner, or set RALLY_DATA_DIR to a folder of your own`,
    );
  }
}
