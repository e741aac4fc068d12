import type { Transaction } from '../../../platform/db/client.ts';
import { strangersIn } from '../../identity/api.ts';
import type { Draft } from './draft.rules.ts';

/** A draft as it may go out. */
export type Allowed = Omit<Draft, 'broughtBy'> & { isInboxOnly: boolean };

/**
 * Takes out what strangers brought: whoever gives a ticket to everybody, or puts words of their choice into a title, must not
 * have them sent to people who never had to do with them.
 */
export const withoutUnasked = async (tx: Transaction, drafts: readonly Draft[]): Promise<Allowed[]> => {
  const pairs = drafts.flatMap(({ userId, broughtBy }) => (broughtBy ? [{ userId, broughtBy: broughtBy.userId }] : []));
  const strangers = new Set((await strangersIn(tx, pairs)).map(({ userId, broughtBy }) => `${userId} ${broughtBy}`));
  return drafts.flatMap(({ broughtBy, ...draft }) => {
    const isUnasked = broughtBy !== undefined && strangers.has(`${draft.userId} ${broughtBy.userId}`);
    if (isUnasked && broughtBy.reaches === 'NOTHING') return [];
    return [{ ...draft, isInboxOnly: isUnasked }];
  });
};
