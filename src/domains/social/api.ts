import type { Transaction } from '../../platform/db/client.ts';
import { friendsAmong as friendsAmongOthers } from './friendship/friendship.reads.ts';

/** See `friendship/friendship.reads.ts`: those of the others who are friends of the person. */
export const friendsAmong = (
  reader: Pick<Transaction, 'friendship'>,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => friendsAmongOthers(reader, userId, otherIds);
