import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addressOf, type Tokens, type User } from './api.ts';

const FOLDER = join('.cache', 'load-accounts');

/** What is kept of an account: its session, and nothing that would open another one. */
type Kept = Pick<User, 'id' | 'accessToken' | 'refreshToken' | 'expiresAt'>;

interface Content {
  url: string;
  accounts: Kept[];
}

/** Where the accounts of a server are kept unless somebody says otherwise. */
export const fileFor = (url: string): string => join(FOLDER, `${new URL(url).host.replace(/[^\w.-]/g, '-')}.json`);

/** Writes the accounts' sessions, readable by this user alone, whole or not at all. */
export const writeAccounts = (file: string, url: string, accounts: readonly Kept[]): void => {
  const content: Content = {
    url,
    accounts: accounts.map(({ id, accessToken, refreshToken, expiresAt }) => ({
      ...{ id, accessToken, refreshToken, expiresAt },
    })),
  };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  renameSync(draft, file);
};

/** The accounts of a file, none when there is no such file. @throws Error in one sentence when it holds something else */
export const readAccounts = (file: string): User[] => {
  const text = textOf(file);
  if (text === null) return [];
  const content = contentOf(text);
  if (content === null) throw new Error(`${file} holds no accounts; npm run load:accounts writes it anew.`);
  return content.accounts.map((account, number) => ({ ...account, address: addressOf(number) }));
};

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const contentOf = (text: string): Content | null => {
  try {
    // Checked in the next line, as far as it is used.
    const content = JSON.parse(text) as Content;
    return content.accounts.every(({ id, refreshToken }) => id && refreshToken) ? content : null;
  } catch {
    return null;
  }
};

/** Forgets the accounts. */
export const deleteFile = (file: string): void => rmSync(file, { force: true });

/** As the file keeps it. */
export const keptOf = ({ user, accessToken, refreshToken, expiresAt }: Tokens): Kept => ({
  ...{ id: user.id, accessToken, refreshToken, expiresAt },
});
