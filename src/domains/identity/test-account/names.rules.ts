import { randomInt } from 'node:crypto';
import { newId } from '../../../platform/ids.ts';

/** RFC 2606 keeps `.invalid` free of mail servers for ever. */
const DOMAIN = 'load.invalid';
const TAG_LENGTH = 8;

/** A test account before it is made. */
export interface TestAccount {
  id: string;
  email: string;
  username: string;
  firstName: string;
  lastName: string;
}

/** Draws accounts that are told apart from those of every other call by a random part of their names. */
export const draftAccounts = (prefix: string, count: number): TestAccount[] => {
  const tag = randomInt(36 ** TAG_LENGTH)
    .toString(36)
    .padStart(TAG_LENGTH, '0');
  return Array.from({ length: count }, (_, index) => {
    const username = `${prefix}_${tag}_${index + 1}`;
    return {
      ...{ id: newId(), email: `${username}@${DOMAIN}`, username },
      ...{ firstName: 'Test', lastName: `${tag} ${index + 1}` },
    };
  });
};

/** The name of an account whose row stays. */
export const emptiedNames = (id: string) => ({
  email: `${id}@${DOMAIN}`,
  username: `removed_${id.replaceAll('-', '')}`,
});
