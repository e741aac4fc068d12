import type { FactContract, PayloadOf } from '../../../kernel/contract.ts';
import type { Database } from '../../../platform/db/client.ts';
import { headlines } from '../../events/api.ts';
import { formatDecimal } from '../../payments/api.ts';
import type { Draft } from './draft.rules.ts';

/** Whom a fact is told to, and in which words. */
export interface Rule<F extends FactContract = FactContract> {
  fact: F;
  /** `factId` names the fact in dedupe keys where nothing else does. */
  drafts: (payload: PayloadOf<F>, context: { database: Database; factId: string; now: Date }) => Promise<Draft[]>;
}

export const rule = <F extends FactContract>(fact: F, drafts: Rule<F>['drafts']): Rule =>
  // Safe: the relay parses the payload by this very fact's schema.
  ({ fact, drafts }) as unknown as Rule;

/** What the event is called in a sentence. */
export const titleOf = async (database: Database, eventId: string): Promise<string> =>
  (await headlines(database, [eventId])).get(eventId)?.title ?? 'An event';

/** An amount as people read it: "12.50 EUR". */
export const inWords = (amountMinor: number, currency: string): string =>
  `${formatDecimal(BigInt(amountMinor), currency)} ${currency}`;

/** "1 ticket", "3 tickets". */
export const tickets = (quantity: number): string => (quantity === 1 ? '1 ticket' : `${quantity} tickets`);
