import type { Actor } from '../../kernel/actor.ts';

/** Prices of the platform and taxes are set by administrators alone. */
export const canSetPrices = ({ role }: Actor): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';
