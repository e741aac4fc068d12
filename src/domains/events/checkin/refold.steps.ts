import { recomputeAttendances } from './attendance.writes.ts';
import type { DoorEvent } from './door.reads.ts';
import { shareScanned } from './door.steps.ts';
import { type RecordParts, recordScans } from './record.steps.ts';

interface Refolding {
  listId: string;
  admissionIds: readonly string[];
}

/**
 * Folds the scans of tickets at a list anew, after something else than a scan changed that they depend on.
 * @returns how many outcomes are others than before
 */
export const refold = async (
  { tx, record, event, lists }: Pick<RecordParts, 'tx' | 'record' | 'lists'> & { event: DoorEvent },
  { listId, admissionIds }: Refolding,
): Promise<number> => {
  if (admissionIds.length === 0) return 0;
  const shared = await shareScanned(tx, event.id, admissionIds);
  const keys = [...shared.tickets.keys()].map((admissionId) => ({ listId, admissionId }));
  const { changed } = await recordScans({ tx, record, event, lists, ...shared }, [], keys);
  const userIds = new Set([...shared.tickets.values()].flatMap(({ userId }) => userId ?? []));
  await recomputeAttendances(tx, event.id, [...userIds].sort());
  return changed;
};
