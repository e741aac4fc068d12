import { z } from 'zod';

/** What a refund for more than one admission is for, as JSON. */
export const Covered = z.object({
  /** Each with its part of the amount, in minor units. */
  admissions: z.array(z.object({ id: z.uuid(), amountMinor: z.int().min(0) })).optional(),
  /** Whether the platform keeps its fee. */
  isFeeKept: z.boolean().optional(),
});
