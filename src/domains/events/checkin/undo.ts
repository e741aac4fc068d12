import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canUndo } from '../door/policy.ts';
import { scansById } from './check-in.reads.ts';
import { undo } from './contract.ts';
import { countInside } from './door.reads.ts';
import { shareScanned } from './door.steps.ts';
import { recordScans } from './record.steps.ts';
import { takenId } from './scan.ts';
import { whoScanned } from './scan-online.steps.ts';
import { doorFor } from './subject.steps.ts';

/** A scan that is older than this stays. */
const WITHIN_MS = 12 * 3_600_000;

/** Takes a scan back: what came of it is folded as if it had not been. */
export const undoScan = () =>
  commit(undo, {
    load: async ({ eventId, scanId }, { tx, actor }) => {
      const subject = await doorFor(tx, eventId, actor);
      const scan = subject && (await scansById(tx, [scanId])).get(scanId);
      return subject && scan?.eventId === eventId ? { ...subject, scan } : null;
    },
    allow: (_actor, { door, keeper }) => canUndo(keeper, door.event.now),
    run: async ({ eventId, scanId, undoId, reason }, { door, keeper, scan }, { tx, actor, record, audit, now }) => {
      const { event, lists } = door;
      if (scan.kind === 'UNDO') throw new AppError('CONFLICT', 'To take a scan back is final.');
      if (scan.listId === null || scan.admissionId === null) {
        throw new AppError('CONFLICT', 'The scan named no ticket of this event: there is nothing to take back.');
      }
      if (event.now.getTime() - scan.receivedAt.getTime() > WITHIN_MS) {
        throw new AppError('CONFLICT', 'The scan is more than 12 hours old.');
      }
      const shared = await shareScanned(tx, eventId, [scan.admissionId]);
      const recorded = await recordScans({ tx, record, event, lists, ...shared }, [
        {
          ...{ id: undoId, listId: scan.listId, admissionId: scan.admissionId, kind: 'UNDO', undoesId: scanId },
          ...whoScanned(keeper, {
            actorId: actor.userId,
            deviceName: actor.sessionId,
            deviceSeq: null,
            gate: scan.gate,
          }),
          ...{ generation: scan.generation, hybridClock: null, localVerdict: null, rejection: null },
          ...{ mode: 'ONLINE', trust: 'TRUSTED', bundleEpoch: 0, reason, scannedAt: now },
        },
      ]);
      refuseSecond(recorded.scans, { scanId, undoId });
      audit({ targetType: 'scan', targetId: scanId, after: { eventId, undoId, reason } });
      return { outcome: 'UNDONE' as const, inside: await countInside(tx, eventId) };
    },
  });

/** Decided after the scan's state was locked: of two who take one scan back, one does. */
const refuseSecond = (
  scans: ReadonlyMap<string, { id: string; undoesId: string | null; kind: string }>,
  { scanId, undoId }: { scanId: string; undoId: string },
): void => {
  if (scans.get(undoId)?.undoesId !== scanId) throw takenId();
  const undoes = [...scans.values()].filter(({ undoesId }) => undoesId === scanId);
  if (undoes.length > 1) throw new AppError('GONE', 'The scan was taken back before.');
};
