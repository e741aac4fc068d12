import { z } from 'zod';
import { KeptDetails } from '../billing/details.rules.ts';

/** A seller or buyer as an invoice keeps them: as of the day of issue. */
export const KeptParty = z.object({ name: z.string(), details: KeptDetails.nullable().default(null) });
export type KeptParty = z.output<typeof KeptParty>;

/** The name of the platform while no setting gives one. */
export const PLATFORM = 'Rally';

/** By the name that was given for invoices, or by the one of the profile. */
export const partyCalled = (name: string, details: KeptDetails | null): KeptParty => ({
  name: details?.legalName ?? name,
  details,
});

/** Where a party of an invoice lies. */
export const partyPlace = (column: 'billing_details' | 'seller_details', rowId: string) => ({
  table: 'invoices',
  column,
  rowId,
});
export type PartyPlace = ReturnType<typeof partyPlace>;
