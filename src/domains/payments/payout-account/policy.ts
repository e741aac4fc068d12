import type { Actor } from '../../../kernel/actor.ts';

/** Its owner. */
export const isOwner = ({ userId }: Actor, account: { userId: string }): boolean => account.userId === userId;

/** Whose account it is, administrators say. */
export const canVerify = ({ role }: Actor): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';
