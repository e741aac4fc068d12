import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Grants } from '../../../platform/rooms/grants.ts';
import { findMembership, type Membership } from './member.reads.ts';
import { roomOf } from './room-name.rules.ts';

export interface GrantDeps {
  database: Database;
  grants: Grants;
}

/** The user's place in the chat as this node remembers it, or null for who is no member. Asks PostgreSQL once. */
export const findGrant = (
  { database, grants }: GrantDeps,
  chatId: string,
  userId: string,
): Promise<Membership | null> =>
  grants.find(roomOf(chatId), userId, () => findMembership(database, chatId, userId)).catch(nullWithoutRoom);

/** A chat that is not there and one that is not for the caller must be answered in the same words. */
const nullWithoutRoom = (error: unknown): null => {
  if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
  throw error;
};
