import type { Transaction } from '../../../../platform/db/client.ts';
import { ALL_BASIS_POINTS, type HostShares } from '../../earning/shares.ts';
import { splitByWeights } from '../../money/split.ts';
import { type HostShare, madeAvailable, openPurse, owedBy, purseOf, recoveredFrom } from '../host-purse.ts';
import type { Entry } from '../journal.ts';
import type { Release } from '../pending.reads.ts';
import { postJournal } from '../post-journal.writes.ts';

/** A payment's earnings whose time has come. */
export interface DueEarnings extends HostShare {
  /** What co-hosts have of them; the host alone when absent. */
  shares?: HostShares;
  at: Date;
}

/**
 * The event is over and the holdback with it: what one payment has in the pending earnings becomes available, after what
 * the host owes is taken from it. The rest is split by largest remainder between host and co-hosts, each of whom pays back
 * what they owe themselves. A payment is released once; a repeat is told of the first.
 * @returns null when nothing of it is pending
 */
export const journalRelease = async (
  tx: Transaction,
  { at, shares = [], ...share }: DueEarnings,
): Promise<Release | null> => {
  const { hostId: ownerId, currency, source } = share;
  const coHosts = shares.filter(({ userId }) => userId !== ownerId);
  const purse = await openPurse(
    tx,
    share,
    coHosts.flatMap(({ userId }) => purseOf(userId)),
  );
  if (purse.release !== null) return purse.release;
  const releasedMinor = purse.pendingMinor;
  if (releasedMinor <= 0n) return null;
  const recoveredMinor = recoveredFrom(purse, releasedMinor);
  const [ownMinor = 0n, ...parts] = splitByWeights(releasedMinor - recoveredMinor, weightsOf(coHosts));
  const given: Entry[] = [];
  for (const [place, { userId: hostId }] of coHosts.entries()) {
    const owed = { owedMinor: await owedBy(tx, hostId, currency) };
    given.push(...madeAvailable(owed, { hostId, currency }, parts[place] ?? 0n));
  }
  const { journalId } = await postJournal(tx, {
    sourceType: source.type,
    sourceId: source.id,
    kind: 'RELEASE',
    eventAt: at,
    entries: [
      { account: { kind: 'HOST_PENDING', ownerId }, amountMinor: -releasedMinor, currency },
      { account: { kind: 'HOST_RECEIVABLE', ownerId }, amountMinor: recoveredMinor, currency },
      { account: { kind: 'HOST_AVAILABLE', ownerId }, amountMinor: ownMinor, currency },
      ...given,
    ],
  });
  return { journalId, releasedMinor, recoveredMinor };
};

/** The host's own comes first: of equal remainders the host gets the unit. */
const weightsOf = (coHosts: HostShares): bigint[] => {
  const given = coHosts.reduce((sum, { basisPoints }) => sum + basisPoints, 0);
  return [ALL_BASIS_POINTS - given, ...coHosts.map(({ basisPoints }) => basisPoints)].map(BigInt);
};
