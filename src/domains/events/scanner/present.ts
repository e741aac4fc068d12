import type { z } from 'zod';
import type { Scanner } from './contract.ts';
import type { ScannerRow } from './scanner.reads.ts';

/** A device as the event's team sees it. */
export const presentScanner = (row: ScannerRow): z.infer<typeof Scanner> => ({
  id: row.id,
  eventId: row.eventId,
  name: row.name,
  status: row.status,
  scope: row.scope,
  listId: row.listId,
  gate: row.gate,
  agent: row.agent,
  registeredById: row.registeredById,
  lastSeq: Number(row.lastSeq),
  bundleEpoch: row.bundleEpoch,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
