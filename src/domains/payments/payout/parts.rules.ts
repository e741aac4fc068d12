import { z } from 'zod';
import { coHostsOf, HostShares, splitEarnings } from '../money/host-shares.rules.ts';

/** Where a person's earnings are; minor units. */
export interface Balances {
  currency: string;
  pendingMinor: bigint;
  availableMinor: bigint;
  inTransitMinor: bigint;
  paidMinor: bigint;
  /** What they owe, as a positive number. */
  owedMinor: bigint;
}

/** Of what a person's balances are made. */
export interface EarningPart {
  currency: string;
  part: 'HOST_PENDING' | 'HOST_AVAILABLE' | 'HOST_RECEIVABLE' | 'IN_TRANSIT' | 'PAID' | 'SHARED';
  /** As it is booked; of SHARED, what one sale has in its host's pending earnings. */
  amountMinor: bigint;
  /** Of how many sales it is the same. */
  times: number;
  /** Of SHARED: whose the sale is, and who has a share. */
  snapshot: unknown;
}

const Snapshot = z.object({ hostId: z.uuid(), shares: HostShares });

/**
 * Sums parts by currency. What is shared is taken from the pending of the host, in whose books it is, and counted with
 * each co-host, sale by sale, as the release will split it: over all people pending is what the books hold as pending.
 */
export const sumParts = (parts: readonly EarningPart[], userId: string): Balances[] => {
  const currencies = [...new Set(parts.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = parts.filter((part) => part.currency === currency);
    const sumOf = (kind: EarningPart['part']): bigint =>
      own.filter(({ part }) => part === kind).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return {
      currency,
      pendingMinor: sumOf('HOST_PENDING') + sharedWith(own, userId),
      availableMinor: sumOf('HOST_AVAILABLE'),
      inTransitMinor: sumOf('IN_TRANSIT'),
      paidMinor: sumOf('PAID'),
      owedMinor: -sumOf('HOST_RECEIVABLE'),
    };
  });
};

/** What shares add to a person's pending earnings; negative for a host who shares. */
const sharedWith = (parts: readonly EarningPart[], userId: string): bigint =>
  parts
    .filter(({ part }) => part === 'SHARED')
    .reduce(
      (sum, { amountMinor, times, snapshot }) => sum + BigInt(times) * ofOneSale(amountMinor, snapshot, userId),
      0n,
    );

const ofOneSale = (amountMinor: bigint, snapshot: unknown, userId: string): bigint => {
  const { hostId, shares } = Snapshot.parse(snapshot);
  const coHosts = coHostsOf(shares, hostId);
  const [ownMinor = 0n, ...parts] = splitEarnings(amountMinor, coHosts);
  if (userId === hostId) return ownMinor - amountMinor;
  return coHosts.reduce((sum, coHost, place) => (coHost.userId === userId ? sum + (parts[place] ?? 0n) : sum), 0n);
};
