import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SetupError } from './setup-error.ts';

/** Under which account a program is to run that refuses to be root. */
export interface Account {
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  /** Nothing where this process's own account will do. */
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

/** Files that decide which account can be taken. */
export interface AccountNeeds {
  /** The data, if there are any yet: their owner goes on owning them. */
  readonly data: string;
  /** The folder in which the data are or will be. */
  readonly folder: string;
  /** The folder with the programs. */
  readonly programs: string;
}

const OWN_ACCOUNT: Account = { prefix: [], identity: {} };
/** In a user namespace that maps nobody, root is not root, and the files stay root's. */
const UNMAPPED_ROOT: Account = { prefix: ['unshare', '-U'], identity: {} };

/**
 * An ordinary user keeps the own account. Root becomes the owner of the data or of
 * their folder, else `postgres` or `nobody`, or, where
 * those may not enter the folders, hides in a user namespace.
 * @throws SetupError where none of these is possible
 */
export function accountFor({ data, folder, programs }: AccountNeeds): Account {
  if (process.getuid?.() !== 0) return OWN_ACCOUNT;
  const owner = ownerOf(data) ?? userWhoOwns(folder) ?? systemAccount();
  const mayEnter = isOpenToAll(folder) && isOpenToAll(join(programs, 'postgres'));
  if (owner && owner.uid !== 0 && mayEnter) return { prefix: [], identity: owner };
  if (owner?.uid !== 0 && existsSync(data)) {
    throw new SetupError(
      `The owner of ${data} may not enter ${folder}: open the folders above it, or start as its owner`,
    );
  }
  if (hasUserNamespaces()) return UNMAPPED_ROOT;
  throw new SetupError(
    'PostgreSQL refuses to run as root here: start as an ordinary user, or move the project out of folders only root may enter',
  );
}

/** For a program that root may run: what root writes into another user's folder, that user could not use again. */
export function ownerIfRoot(folder: string): Account['identity'] {
  return process.getuid?.() === 0 ? (userWhoOwns(folder) ?? {}) : {};
}

function userWhoOwns(folder: string): { uid: number; gid: number } | undefined {
  const owner = ownerOf(folder);
  return owner?.uid === 0 ? undefined : owner;
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  if (!existsSync(path)) return undefined;
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

function systemAccount(): { uid: number; gid: number } | undefined {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  const uid = Number(account?.[2]);
  const gid = Number(account?.[3]);
  return uid > 0 && gid > 0 ? { uid, gid } : undefined;
}

/** Whether everybody may get through the path (or execute it) and all folders above it. */
function isOpenToAll(path: string): boolean {
  for (let place = resolve(path); ; place = dirname(place)) {
    if ((statSync(place).mode & 0o001) === 0) return false;
    if (place === dirname(place)) return true;
  }
}

function hasUserNamespaces(): boolean {
  try {
    execFileSync('unshare', ['-U', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
