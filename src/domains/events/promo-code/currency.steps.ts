import { invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { isCurrencyInUse } from '../event/event.reads.ts';

/** Where the currency of a code's amounts may come from. */
interface Sources {
  given: string | undefined;
  /** The event's; null for a code that is for more than one. */
  ofEvent: string | null;
  /** That of the amounts which the code has already; null when it has none. */
  before: string | null;
}

interface Amounts {
  amountMinor?: number | undefined;
  maxDiscountMinor?: number | null | undefined;
  minOrderMinor?: number | undefined;
}

/**
 * The currency of a code's amounts: the event's, or the one that is given. Amounts without a currency would be taken for those of
 * some other one.
 * @throws INVALID_INPUT for another currency than the event's, or than that of amounts which are there, for one that is not in use,
 * and where amounts have none
 */
export const currencyOf = async (
  tx: Transaction,
  { given, ofEvent, before }: Sources,
  { amountMinor, maxDiscountMinor, minOrderMinor }: Amounts,
): Promise<{ currency?: string }> => {
  if (given !== undefined && ofEvent !== null && given !== ofEvent) {
    throw invalidField('currency', `must be the event's, ${ofEvent}`);
  }
  if (given !== undefined && before !== null && given !== before) {
    throw invalidField('currency', `must stay ${before}: the code has amounts of it`);
  }
  const currency = ofEvent ?? before ?? given;
  const hasAmounts = [amountMinor, maxDiscountMinor, minOrderMinor].some((minor) => minor);
  if (currency === undefined && hasAmounts) throw invalidField('currency', 'is needed: the code has amounts');
  if (given !== undefined && !(await isCurrencyInUse(tx, given)))
    throw invalidField('currency', 'is no currency in use here');
  return currency === undefined ? {} : { currency };
};
