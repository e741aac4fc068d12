import { z } from 'zod';
import { splitByWeights } from './split.rules.ts';

/** All of an event's earnings, in hundredths of a percent. */
export const ALL_BASIS_POINTS = 10_000;

/** What co-hosts have of the earnings of one sale; the host has the rest. */
export const HostShares = z
  .array(z.object({ userId: z.uuid(), basisPoints: z.int().min(1).max(ALL_BASIS_POINTS) }))
  .refine((shares) => shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0) <= ALL_BASIS_POINTS, {
    error: 'are more than all of the earnings',
  });

export type HostShares = z.output<typeof HostShares>;

/** Whose share is another's: what is given to the host by name is the host's own anyway. */
export const coHostsOf = (shares: HostShares, hostId: string): HostShares =>
  shares.filter(({ userId }) => userId !== hostId);

/**
 * Splits earnings by largest remainder; of equal remainders the host gets the unit.
 * @returns what the host has, and behind it what each co-host has, in their order; the parts sum to the amount
 */
export const splitEarnings = (amountMinor: bigint, coHosts: HostShares): bigint[] => {
  const given = coHosts.reduce((sum, { basisPoints }) => sum + basisPoints, 0);
  return splitByWeights(
    amountMinor,
    [ALL_BASIS_POINTS - given, ...coHosts.map(({ basisPoints }) => basisPoints)].map(BigInt),
  );
};
