import type { z } from 'zod';
import { invalidField } from '../../../../kernel/errors.ts';
import type { Transaction } from '../../../../platform/db/client.ts';
import { newId } from '../../../../platform/ids.ts';
import { taxesInForce } from '../../../payments/api.ts';
import { presentFields, toDate } from '../../times.rules.ts';
import { checkOrderSize, checkTicketType, priceMinor } from './check.ts';
import type { NewTicketType } from './contract.ts';
import { isTaxRate } from './ticket-type.reads.ts';

type Input = z.output<typeof NewTicketType>;

export interface DraftOptions {
  eventId: string;
  currency: string;
  sortOrder: number;
  /** Of the event, over all types; null is unlimited. */
  eventCapacity: number | null;
  /** Stands before each field’s name in errors, `ticketTypes.0.`. */
  prefix: string;
  now: Date;
}

/**
 * The row of a new ticket type.
 * @throws INVALID_INPUT naming the field
 */
export const draftTicketType = async (tx: Transaction, input: Input, options: DraftOptions) => {
  const { eventId, currency, sortOrder, eventCapacity, prefix, now } = options;
  const { price = 0, salesStartAt, salesEndAt, validFrom, validUntil, ...rest } = input;
  const dates = {
    salesStartAt: toDate(salesStartAt) ?? null,
    salesEndAt: toDate(salesEndAt) ?? null,
    validFrom: toDate(validFrom) ?? null,
    validUntil: toDate(validUntil) ?? null,
  };
  const perOrder = { minPerOrder: input.minPerOrder ?? 1, maxPerOrder: input.maxPerOrder ?? 10 };
  checkTicketType({ ...perOrder, ...dates }, prefix);
  checkOrderSize({ ...perOrder, capacity: input.capacity ?? null, eventCapacity }, prefix);
  await checkTaxRate(tx, input.taxRateId, { prefix, now });
  const priced = { price: priceMinor(price, currency, `${prefix}price`), currency };
  return {
    id: newId(),
    eventId,
    sortOrder,
    ...presentFields(rest),
    name: input.name,
    ...perOrder,
    ...dates,
    ...priced,
  };
};

/** @throws INVALID_INPUT for a rate that is not there, or not in force: tickets would be sold without it */
export const checkTaxRate = async (
  tx: Transaction,
  taxRateId: string | null | undefined,
  { prefix = '', now }: { prefix?: string; now: Date },
): Promise<void> => {
  if (typeof taxRateId !== 'string') return;
  if (!(await isTaxRate(tx, taxRateId))) throw invalidField(`${prefix}taxRateId`, 'is no tax rate');
  const taxes = await taxesInForce(tx, [taxRateId], now);
  if (!taxes.has(taxRateId)) throw invalidField(`${prefix}taxRateId`, 'is not in force: nothing would be taken');
};
