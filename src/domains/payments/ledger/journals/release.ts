import type { Transaction } from '../../../../platform/db/client.ts';
import { type HostShare, madeAvailable, openPurse, recoveredFrom } from '../host-purse.ts';
import type { Release } from '../pending.reads.ts';
import { postJournal } from '../post-journal.writes.ts';

/**
 * The event is over and the holdback with it: what one payment has in the pending earnings becomes available, after what
 * the host owes is taken from it. A payment is released once; a repeat is told of the first.
 * @returns null when nothing of it is pending
 */
export const journalRelease = async (
  tx: Transaction,
  { at, ...share }: HostShare & { at: Date },
): Promise<Release | null> => {
  const purse = await openPurse(tx, share, []);
  if (purse.release !== null) return purse.release;
  const releasedMinor = purse.pendingMinor;
  if (releasedMinor <= 0n) return null;
  const { hostId: ownerId, currency, source } = share;
  const { journalId } = await postJournal(tx, {
    sourceType: source.type,
    sourceId: source.id,
    kind: 'RELEASE',
    eventAt: at,
    entries: [
      { account: { kind: 'HOST_PENDING', ownerId }, amountMinor: -releasedMinor, currency },
      ...madeAvailable(purse, share, releasedMinor),
    ],
  });
  return { journalId, releasedMinor, recoveredMinor: recoveredFrom(purse, releasedMinor) };
};
