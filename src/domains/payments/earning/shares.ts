import { z } from 'zod';

/** All of an event's earnings, in hundredths of a percent. */
export const ALL_BASIS_POINTS = 10_000;

/** What co-hosts have of the earnings of one sale; the host has the rest. */
export const HostShares = z
  .array(z.object({ userId: z.uuid(), basisPoints: z.int().min(1).max(ALL_BASIS_POINTS) }))
  .refine((shares) => shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0) <= ALL_BASIS_POINTS, {
    error: 'are more than all of the earnings',
  });

export type HostShares = z.output<typeof HostShares>;
