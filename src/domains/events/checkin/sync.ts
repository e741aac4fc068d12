import type { z } from 'zod';
import type { InputOf } from '../../../kernel/contract.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Keeper } from '../door/keeper.reads.ts';
import { isTrusted, standsAtDoor } from '../door/policy.ts';
import { lockScanner, noteSeen } from '../scanner/scanner.writes.ts';
import { outlineOf } from './answer.steps.ts';
import { nextNumberOf, numbersTaken, revocationEpoch } from './check-in.reads.ts';
import { OfflineScan, sync } from './contract.ts';
import { countInside } from './door.reads.ts';
import { listMeant, type OpenDoor, type ReadCode, readCodes, shareScanned } from './door.steps.ts';
import { hybridClockAt, isSuspect, momentOf } from './hybrid-clock.rules.ts';
import type { ArrivedScan } from './plan.rules.ts';
import { quarantine, type Unreadable } from './quarantine.writes.ts';
import { type Recorded, type RecordParts, recordScans } from './record.steps.ts';
import { whoScanned } from './scan-online.steps.ts';
import { doorFor } from './subject.steps.ts';

type Scan = z.output<typeof OfflineScan>;

/** Takes scans in that were made without network. None is refused for what it says; what cannot be read is put aside. */
export const syncScans = () =>
  commit(sync, {
    load: ({ eventId }, { tx, actor }) => doorFor(tx, eventId, actor),
    allow: (_actor, { keeper }) => standsAtDoor(keeper),
    run: async (input, { door, keeper }, { tx, actor, record }) => {
      const { device } = keeper;
      const { event, lists } = door;
      if (device) await lockScanner(tx, device.id);
      const { scans, unreadable } = sort(input.scans);
      await quarantine(
        tx,
        { eventId: event.id, deviceId: device?.id ?? null, staffId: device ? null : actor.userId },
        unreadable,
      );
      const codes = await readCodes(
        tx,
        event.id,
        scans.map(({ code }) => code),
      );
      const shared = await shareScanned(
        tx,
        event.id,
        codes.map(({ admissionId }) => admissionId),
      );
      const numbers = await freeNumbers(tx, keeper, scans);
      const arrived = scans.map((scan, place) =>
        arriveOffline(
          { door, keeper, shared, actorId: actor.userId, sessionId: actor.sessionId, numbers },
          scan,
          codes[place],
        ),
      );
      const recorded = await recordScans({ tx, record, event, lists, ...shared }, arrived);
      const epoch = await revocationEpoch(tx, event.id);
      if (device)
        await noteSeen(tx, device.id, {
          now: event.now,
          bundleEpoch: Math.max(0, ...scans.map((scan) => scan.bundleEpoch)),
        });
      return {
        outcomes: input.scans.map(({ scanId }) => answerOf(scanId, event.id, { recorded, unreadable })),
        inside: await countInside(tx, event.id),
        nextSeq: device ? await nextNumberOf(tx, device.id) : null,
        serverHlc: hybridClockAt(event.now).toString(),
        epoch,
      };
    },
  });

/** Reads each scan by itself. */
const sort = (given: InputOf<typeof sync>['scans']): { scans: Scan[]; unreadable: Unreadable[] } => {
  const scans: Scan[] = [];
  const unreadable: Unreadable[] = [];
  for (const each of given) {
    const parsed = OfflineScan.safeParse(each);
    if (parsed.success) scans.push(parsed.data);
    else {
      const [issue] = parsed.error.issues;
      const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`;
      unreadable.push({ scanId: each.scanId, payload: each, reason });
    }
  }
  return { scans, unreadable };
};

/** The numbers that each scan may have: one that another scan of the device has taken is left out, not refused. */
const freeNumbers = async (
  tx: Transaction,
  { device }: Keeper,
  scans: readonly Scan[],
): Promise<(scan: Scan) => number | null> => {
  if (!device) return () => null;
  const numbers = scans.flatMap(({ deviceSeq }) => deviceSeq ?? []);
  const taken = await numbersTaken(tx, device.id, [...new Set(numbers)]);
  return ({ scanId, deviceSeq }) => {
    if (deviceSeq === undefined) return null;
    const by = taken.get(deviceSeq) ?? scanId;
    taken.set(deviceSeq, by);
    return by === scanId ? deviceSeq : null;
  };
};

interface Arriving {
  door: OpenDoor;
  keeper: Keeper;
  shared: Pick<RecordParts, 'tickets'>;
  actorId: string;
  sessionId: string;
  numbers: (scan: Scan) => number | null;
}

/**
 * What is written of an uploaded scan. What the device did stands; the server adds only what it knows for certain whenever
 * the scan arrives: that a code is no code, is not signed by the event, or is of another one.
 */
const arriveOffline = (
  { door, keeper, shared, actorId, sessionId, numbers }: Arriving,
  scan: Scan,
  code: ReadCode | undefined,
): ArrivedScan => {
  const { now } = door.event;
  const list = listMeant(door, scan.listId, keeper.device) ?? door.defaultList;
  const ticket = shared.tickets.get(code?.admissionId ?? '');
  const at = new Date(scan.at);
  const hybridClock = momentOf(scan.hlc, at);
  const flaw = flawOf(code, ticket !== undefined);
  const isAdmitted = scan.localVerdict === 'ADMITTED' && flaw === null;
  const suspect = isSuspect(hybridClock, now) ? 'CLOCK_SUSPECT' : 'TRUSTED';
  return {
    id: scan.scanId,
    listId: list.id,
    admissionId: ticket?.id ?? null,
    ...whoScanned(keeper, {
      actorId,
      deviceName: scan.deviceId ?? sessionId,
      deviceSeq: numbers(scan),
      gate: scan.gate ?? null,
    }),
    kind: scan.kind,
    undoesId: null,
    generation: code?.shown?.generation ?? 0,
    hybridClock,
    localVerdict: isAdmitted ? 'ADMITTED' : 'REFUSED',
    rejection: isAdmitted ? null : (flaw ?? scan.rejection ?? 'ALREADY_INSIDE'),
    mode: 'OFFLINE',
    trust: isTrusted(keeper) ? suspect : 'UNTRUSTED',
    bundleEpoch: scan.bundleEpoch,
    reason: null,
    scannedAt: at,
  };
};

const flawOf = (code: ReadCode | undefined, isKnown: boolean) => {
  if (!code?.shown) return 'MALFORMED';
  if (!code.shown.isSigned) return 'BAD_SIGNATURE';
  return isKnown ? null : 'WRONG_EVENT';
};

const answerOf = (
  scanId: string,
  eventId: string,
  { recorded, unreadable }: { recorded: Recorded; unreadable: readonly Unreadable[] },
) => {
  const broken = unreadable.find((each) => each.scanId === scanId);
  const scan = recorded.scans.get(scanId);
  if (!broken && scan?.eventId === eventId) return outlineOf(scan, recorded);
  const explanation = broken
    ? `The scan could not be read, and was put aside: ${broken.reason}`
    : 'The scan has the id of another one, and was put aside.';
  return { scanId, outcome: 'INVALID' as const, explanation, reused: false };
};
