import { z } from 'zod';
import type { add } from './contract.ts';

/** What was given of an account, as the contract takes it. */
export type AccountDetails = z.output<typeof add.input>['details'];

const Given = z.looseObject({ kind: z.string(), connectedAccountId: z.string().default('') });

const compact = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase();

/**
 * Which account it is, in one form however it was typed: two people who give the same one give the same text. The branch is
 * no part of it.
 */
export const identityOf = (details: AccountDetails): string => {
  switch (details.kind) {
    case 'BANK_ACCOUNT':
      return `BANK_ACCOUNT ${compact(details.routingNumber ?? '')} ${compact(details.accountNumber)}`;
    case 'BKASH':
    case 'NAGAD':
      return `${details.kind} ${compact(details.phone)}`;
    case 'PAYPAL':
      return `PAYPAL ${details.email.toLowerCase()}`;
    case 'STRIPE_CONNECT':
      return `STRIPE_CONNECT ${details.connectedAccountId}`;
  }
};

/** The last four characters of it, to recognise it by. */
export const lastFourOf = (details: AccountDetails): string => {
  const name = details.kind === 'PAYPAL' ? (details.email.split('@', 1)[0] ?? '') : compact(identityOf(details));
  return name.slice(-4);
};

/** The text that is encrypted: its first line is what the blind index is made of. */
export const writeDetails = (details: AccountDetails): string => `${identityOf(details)}\n${JSON.stringify(details)}`;

/** @throws Error for what was not written by `writeDetails` */
export const parseDetails = (text: string): z.output<typeof Given> =>
  Given.parse(JSON.parse(text.slice(text.indexOf('\n') + 1)));
