import { readFileSync } from 'node:fs';
import { invalidField } from '../../../kernel/errors.ts';

/**
 * The 8,000 commonest passwords of eight characters or more, in lower case, from the frequency list of zxcvbn-ts 3.0.4 (MIT
 * licence): what is tried first on every account.
 */
const COMMON: ReadonlySet<string> = new Set(
  readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n'),
);

/** The person whose password is checked. */
interface Owner {
  email: string;
  username: string;
  firstName: string;
  lastName: string;
}

/**
 * Refuses a new password that strangers would try first: a common one, or what the person is called, in any case and also with
 * digits and marks behind it. The length is the contract's.
 * @throws INVALID_INPUT on `password`
 */
export const refuseWeak = (password: string, owner: Owner): void => {
  const message = weaknessOf(password, owner);
  if (message) throw invalidField('password', message);
};

/** Why strangers would try this password first; null when they would not. */
export const weaknessOf = (password: string, owner: Owner): string | null => {
  const forms = [plain(password), stem(plain(password))];
  if (forms.some((form) => COMMON.has(form))) return 'is among the commonest passwords; choose another';
  const names = namesOf(owner);
  if (forms.some((form) => names.has(form))) return 'may not be your own name, username or address';
  return null;
};

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Without the digits and marks that people put behind a word to make it pass. */
const stem = (text: string): string => text.replace(/[^\p{L}]+$/u, '');

const namesOf = ({ email, username, firstName, lastName }: Owner): Set<string> => {
  const [first, last] = [plain(firstName), plain(lastName)];
  const joined = ['', ' ', '.', '_', '-'].flatMap((mark) => [`${first}${mark}${last}`, `${last}${mark}${first}`]);
  const local = email.slice(0, email.lastIndexOf('@'));
  const names = [email, local, username, first, last, ...joined].map(plain);
  return new Set(names.flatMap((name) => [name, stem(name)]).filter((name) => name !== ''));
};
