import type { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import { presenter } from './answer.steps.ts';
import { ticketsById } from './door.reads.ts';
import type { LoggedRow } from './log.reads.ts';
import { wireOutcome } from './present.rules.ts';
import type { LoggedScan } from './shapes/contract.ts';

type Reader = Pick<Transaction, '$queryRawUnsafe' | 'user' | 'admissionState'>;

/** Scans of the log with the names of who was scanned. */
export const presentLog = async (reader: Reader, rows: readonly LoggedRow[]): Promise<z.infer<typeof LoggedScan>[]> => {
  const tickets = await ticketsById(reader, [...new Set(rows.flatMap(({ admissionId }) => admissionId ?? []))]);
  const present = await presenter(reader, [...tickets.values()]);
  return rows.map((row) => {
    const ticket = tickets.get(row.admissionId ?? '');
    const { name = null, ticketType = null } = ticket ? present(ticket, row.listId) : {};
    return {
      scanId: row.id,
      kind: row.kind,
      outcome: wireOutcome(row),
      isVoided: row.outcome === 'VOIDED',
      admissionId: row.admissionId,
      name,
      ticketType,
      listId: row.listId,
      gate: row.gate,
      deviceId: row.deviceId,
      staffId: row.staffId,
      withScanId: row.withScanId,
      undoesId: row.undoesId,
      reason: row.reason,
      isOffline: row.mode === 'OFFLINE',
      isClockSuspect: row.trust === 'CLOCK_SUSPECT',
      scannedAt: row.scannedAt.toISOString(),
      receivedAt: row.receivedAt.toISOString(),
    };
  });
};
