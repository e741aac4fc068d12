import type { Actor } from '../../../kernel/actor.ts';

/** Its owner. */
export const isOwner = ({ userId }: Actor, account: { userId: string }): boolean => account.userId === userId;
