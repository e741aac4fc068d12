import type { Actor } from '../../../kernel/actor.ts';

/** Accounts for load tests are administrators' alone. */
export const canRunTestAccounts = ({ role }: Actor): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';
