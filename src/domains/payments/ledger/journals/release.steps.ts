import type { Transaction } from '../../../../platform/db/client.ts';
import { coHostsOf, type HostShares, splitEarnings } from '../../money/host-shares.rules.ts';
import { type HostShare, madeAvailable, openPurse, owedBy, purseOf, recoveredFrom } from '../host-purse.steps.ts';
import type { Entry } from '../journal.rules.ts';
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
  const { hostId: ownerId, currency, paymentId } = share;
  const coHosts = coHostsOf(shares, ownerId);
  const purse = await openPurse(
    tx,
    share,
    coHosts.flatMap(({ userId }) => purseOf(userId)),
  );
  if (purse.release !== null) return purse.release;
  const releasedMinor = purse.pendingMinor;
  if (releasedMinor <= 0n) return null;
  const recoveredMinor = recoveredFrom(purse, releasedMinor);
  const [ownMinor = 0n, ...parts] = splitEarnings(releasedMinor - recoveredMinor, coHosts);
  const given: Entry[] = [];
  for (const [place, { userId: hostId }] of coHosts.entries()) {
    const owed = { owedMinor: await owedBy(tx, hostId, currency) };
    given.push(...madeAvailable(owed, { hostId, currency }, parts[place] ?? 0n));
  }
  const { journalId } = await postJournal(tx, {
    sourceType: 'PAYMENT',
    sourceId: paymentId,
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
