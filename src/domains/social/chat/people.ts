import type { Database, Transaction } from '../../../platform/db/client.ts';
import { publicProfiles } from '../../identity/api.ts';
import type { Showing } from '../../media/api.ts';
import type { Person } from '../shapes/contract.ts';

type Reader = Pick<Database | Transaction, 'user'>;

/** These people as chats show them, by id. */
export const findPeople = async (reader: Reader, userIds: string[], showing: Showing): Promise<Map<string, Person>> => {
  const profiles = await publicProfiles(reader, [...new Set(userIds)], showing);
  const shown = [...profiles.values()].map(({ id, username, firstName, lastName, avatarUrl }): [string, Person] => [
    id,
    { userId: id, username, firstName, lastName, avatarUrl },
  ]);
  return new Map(shown);
};

/** Somebody whose account is gone altogether. */
export const unknownPerson = (userId: string): Person => ({
  userId,
  username: '',
  firstName: '',
  lastName: '',
  avatarUrl: null,
});
