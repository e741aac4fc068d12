import type { AuditEntry } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import { scannerChanged } from '../door/facts.ts';
import { presentScanner } from './present.ts';
import type { ScannerRow } from './scanner.reads.ts';
import { updateScanner } from './scanner.writes.ts';
import type { ScannerSubject } from './subject.steps.ts';

interface Ending {
  tx: Transaction;
  record: RecordFact;
  audit: (entry: AuditEntry) => void;
}

/**
 * Takes a device's tokens away. It keeps its key: with it, it may still bring what it holds, which is kept and changes nothing.
 */
export const endScanner = async (
  { tx, record, audit }: Ending,
  { scanner, door }: ScannerSubject,
  status: Extract<ScannerRow['status'], 'LOST' | 'REVOKED'>,
) => {
  const { event } = door;
  const row = await updateScanner(tx, scanner.id, {
    ...{ status, revokedAt: scanner.revokedAt ?? event.now, invitationHash: null, invitationExpiresAt: null },
    sessionId: newId(),
  });
  await record(scannerChanged, {
    ...{ eventId: event.id, hostId: event.hostId, scannerId: row.id },
    ...{ status: row.status, endedSessionId: scanner.sessionId },
  });
  audit({
    targetType: 'scanner',
    targetId: row.id,
    before: { status: scanner.status },
    after: { status: row.status },
  });
  return presentScanner(row);
};
