import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { line } from '../../../kernel/texts.ts';
import { CountryCode } from '../money/contract.ts';

/** Letters and digits, at least two digits among them, with what countries put between: `DE123456789`, `12/345/67890`. */
const TaxNumber = z
  .string()
  .trim()
  .max(40)
  .regex(
    /^(?=(?:[^\d]*\d){2})[A-Za-z0-9ÑñÄÖÜ&+*][A-Za-z0-9ÑñÄÖÜ&+* ./-]{2,38}$/,
    'is a tax number or VAT id: letters, digits and . / - between them',
  );

/** The issuer or the receiver of an invoice, as it is printed. */
export const BillingDetails = z.object({
  /** Of the company, or of the person who sells or buys. */
  legalName: line(200),
  addressLines: z.array(line(200)).min(1).max(4),
  postalCode: line(20).nullable(),
  city: line(100),
  country: CountryCode,
  /** Kept as it is written; whether it is anybody's nobody looks up. */
  taxNumber: TaxNumber.nullable(),
});

const Billing = z.object({ billing: BillingDetails.nullable() });

export const get = operation({
  name: 'billing.get',
  summary: 'Who stands on the caller’s invoices, as seller and as buyer; null when nothing was given.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 600, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: Billing,
  errors: [],
  http: 'GET /v1/billing',
});

export const set = operation({
  name: 'billing.set',
  summary:
    'Say who stands on the caller’s invoices from now on, as seller and as buyer; null takes it back, and the name of the profile stands there. What was issued stays as it is.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 3_600, by: 'actor' }],
  input: Billing,
  output: Billing,
  errors: [],
  http: 'PUT /v1/billing',
});
