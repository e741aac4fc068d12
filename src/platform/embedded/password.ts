import { randomBytes } from 'node:crypto';
import { chownSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownerIfRoot } from './account.ts';

const FILE = 'password';

/**
 * The password of the server of a data folder, made on first use: 32 random bytes that only the folder's owner may
 * read. Every other account of the machine reaches the server's port, and must not get further.
 */
export function passwordIn(dataDir: string): string {
  const file = join(dataDir, FILE);
  return readPassword(file) ?? makePassword(file, dataDir);
}

function readPassword(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A hard link appears whole and only if there is none yet: of several makers all get the first one's. */
function makePassword(file: string, dataDir: string): string {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeOwnFile(draft, `${randomBytes(32).toString('base64url')}\n`, dataDir);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

/** Writes a file that nobody but the owner of the folder may read. */
export function writeOwnFile(file: string, text: string, dataDir: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  const { uid, gid } = ownerIfRoot(dataDir);
  if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
}
