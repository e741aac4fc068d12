import type { z } from 'zod';
import type { TaxRate } from './contract.ts';
import type { StoredTaxRate } from './tax-rate.reads.ts';

export const presentTaxRate = ({ startsAt, endsAt, ...rate }: StoredTaxRate): z.input<typeof TaxRate> => ({
  ...rate,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt?.toISOString() ?? null,
});
