import type { Keeper } from '../door/keeper.reads.ts';
import { type ListRow, windowOf } from './door.reads.ts';
import { leastGeneration, type OpenDoor, type ReadCode } from './door.steps.ts';
import type { ArrivedScan } from './plan.rules.ts';
import type { RecordParts } from './record.steps.ts';
import { rejectionOf } from './verdict.rules.ts';

/** A scan at a connected door, before it is decided. */
export interface OnlineScan {
  scanId: string;
  list: ListRow;
  keeper: Keeper;
  actorId: string;
  deviceName: string;
  gate: string | null;
  kind: 'ENTRY' | 'EXIT';
  code: ReadCode;
  at: Date;
  /** Whether the half minute's proof came along and is right. */
  hasProof: boolean;
  /** Why somebody is let in without a code; null with one. */
  reason: string | null;
}

/** Makes the row of a scan at a connected door. Its verdict is decided later, under the lock of its ticket. */
export const arriveOnline = (
  { event }: OpenDoor,
  { tickets, revocations }: Pick<RecordParts, 'tickets' | 'revocations'>,
  scan: OnlineScan,
): ArrivedScan => {
  const { code, list, keeper, kind } = scan;
  const ticket = tickets.get(code.admissionId ?? '') ?? null;
  const rejection = rejectionOf(
    { eventId: event.id, list, now: event.now },
    {
      kind,
      code: code.shown,
      ticket: ticket && { ...ticket, ...windowOf(event, ticket) },
      minGeneration: leastGeneration(revocations.get(ticket?.id ?? '') ?? []),
      hasProof: scan.hasProof,
    },
  );
  return {
    id: scan.scanId,
    listId: list.id,
    admissionId: ticket?.id ?? null,
    ...whoScanned(keeper, { ...scan, deviceSeq: null }),
    kind,
    undoesId: null,
    generation: code.shown?.generation ?? 0,
    hybridClock: null,
    localVerdict: null,
    rejection,
    mode: 'ONLINE',
    trust: 'TRUSTED',
    bundleEpoch: 0,
    reason: scan.reason,
    scannedAt: scan.at,
  };
};

/** Names the device of a scan: an enrolled one by its own id, or a person's by the name that they gave it. */
export const whoScanned = (
  { device }: Keeper,
  {
    actorId,
    deviceName,
    deviceSeq,
    gate,
  }: Pick<OnlineScan, 'actorId' | 'deviceName' | 'gate'> & Pick<ArrivedScan, 'deviceSeq'>,
): Pick<ArrivedScan, 'deviceId' | 'reportedDeviceId' | 'deviceSeq' | 'staffId' | 'gate'> =>
  device
    ? { deviceId: device.id, reportedDeviceId: null, deviceSeq, staffId: null, gate: gate ?? device.gate }
    : { deviceId: null, reportedDeviceId: deviceName, deviceSeq: null, staffId: actorId, gate };
