import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { MAX_GROUP_MEMBERS } from '../shapes/contract.ts';
import { lockMembership } from './chat.writes.ts';
import { findMembership, type Membership } from './member.reads.ts';

/** The user's place in a chat whose membership nobody else changes until the transaction ends. */
export const holdMembership = async (tx: Transaction, chatId: string, userId: string): Promise<Membership | null> => {
  await lockMembership(tx, chatId);
  return findMembership(tx, chatId, userId);
};

/** @throws CONFLICT for more members than a group may have */
export const refuseTooLarge = (memberCount: number): void => {
  if (memberCount <= MAX_GROUP_MEMBERS) return;
  throw new AppError('CONFLICT', `A group has ${MAX_GROUP_MEMBERS} members at most.`);
};

/** @throws CONFLICT for chats whose members are not chosen by anybody */
export const refuseUnlessGroup = ({ kind }: Pick<Membership, 'kind'>): void => {
  if (kind === 'DIRECT') throw new AppError('CONFLICT', 'A direct chat is between two people for good.');
  if (kind === 'EVENT') throw new AppError('CONFLICT', 'Who is in this chat is decided by its event.');
};
