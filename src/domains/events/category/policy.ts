import type { Actor } from '../../../kernel/actor.ts';

const KEEPERS: readonly string[] = ['SUPER_ADMIN', 'ADMIN'];

/** Everybody’s events hang in the tree: who runs the platform keeps it. */
export const canKeepCategories = ({ role }: Pick<Actor, 'role'>): boolean => KEEPERS.includes(role);
