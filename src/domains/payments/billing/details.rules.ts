import { z } from 'zod';

/** Billing details as they are kept: what was taken once is shown, whatever is asked of new ones. */
export const KeptDetails = z.object({
  legalName: z.string(),
  addressLines: z.array(z.string()),
  postalCode: z.string().nullable().default(null),
  city: z.string(),
  country: z.string(),
  taxNumber: z.string().nullable().default(null),
});
export type KeptDetails = z.output<typeof KeptDetails>;
