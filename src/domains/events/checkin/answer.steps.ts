import type { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import { publicNames } from '../../identity/api.ts';
import type { KnownScan } from './check-in.reads.ts';
import {
  companionsOf,
  countInside,
  type DoorTicketRow,
  insideAmong,
  keyText,
  type ListRow,
  ticketsById,
} from './door.reads.ts';
import { explain, presentRef, wireOutcome } from './present.rules.ts';
import type { Recorded } from './record.steps.ts';
import type { DoorAdmission, ScanAnswer } from './shapes/contract.ts';

type Answer = z.infer<typeof ScanAnswer>;
type Admission = z.infer<typeof DoorAdmission>;

/** Companions that one answer names. */
const MAX_COMPANIONS = 20;

interface Asked {
  scanId: string;
  list: ListRow;
}

/** The answers of scans that were recorded, in order, with names and companions. Null for a scan that is not among them. */
export const answerScans = async (
  tx: Transaction,
  eventId: string,
  { recorded, asked, tickets }: { recorded: Recorded; asked: readonly Asked[]; tickets: Tickets },
): Promise<(Answer | null)[]> => {
  const scans = asked.map(({ scanId }) => recorded.scans.get(scanId) ?? null);
  const people = await readPeople(tx, scans, tickets);
  const inside = await countInside(tx, eventId);
  return scans.map((scan, place) => {
    const list = asked[place]?.list;
    if (!scan || !list) return null;
    return {
      ...outlineOf(scan, recorded),
      ...admissionOf(scan, people),
      inside,
      list: { id: list.id, name: list.name },
    };
  });
};

/** An answer without anything that has to be read. */
export const outlineOf = (scan: KnownScan, { scans, written }: Recorded) => ({
  scanId: scan.id,
  outcome: wireOutcome(scan),
  explanation: explain(scan),
  ...firstOf(scan, scans),
  ...withOf(scan, scans),
  ...(scan.outcome === 'REVOKED_ADMITTED' ? { admittedLocally: true } : {}),
  reused: !written.has(scan.id),
});

const isOfSame = (scan: KnownScan) => (other: KnownScan) =>
  other.listId === scan.listId && other.admissionId === scan.admissionId;

/** The last scan that let the ticket in, for one that was refused because of it. */
const firstOf = (scan: KnownScan, scans: Recorded['scans']) => {
  if (scan.outcome !== 'DUPLICATE') return {};
  const entries = [...scans.values()].filter((each) => each.outcome === 'ADMITTED' && isOfSame(scan)(each));
  const before = entries.filter(({ hybridClock }) => hybridClock <= scan.hybridClock);
  const last = (before.length > 0 ? before : entries).sort((a, b) => (a.hybridClock < b.hybridClock ? 1 : -1))[0];
  return last ? { first: presentRef(last) } : {};
};

const withOf = ({ conflictsWithId }: KnownScan, scans: Recorded['scans']) => {
  const other = conflictsWithId === null ? undefined : scans.get(conflictsWithId);
  return other ? { with: presentRef(other) } : {};
};

type Tickets = ReadonlyMap<string, DoorTicketRow>;

interface People {
  tickets: Tickets;
  companions: readonly DoorTicketRow[];
  present: (row: DoorTicketRow, listId: string | null) => Admission;
}

const readPeople = async (tx: Transaction, scans: readonly (KnownScan | null)[], shared: Tickets): Promise<People> => {
  const ids = new Set(scans.flatMap((scan) => scan?.admissionId ?? []));
  // A scan that was known may be of another ticket than the code that came with its id.
  const others = await ticketsById(
    tx,
    [...ids].filter((id) => !shared.has(id)),
  );
  const tickets = new Map([...shared, ...others]);
  const bookingIds = [...new Set([...tickets.values()].flatMap(({ bookingId }) => bookingId ?? []))];
  const companions = await companionsOf(tx, bookingIds);
  return { tickets, companions, present: await presenter(tx, [...tickets.values(), ...companions]) };
};

/** Reads what is needed to show these tickets' holders, whoever of them it then is. */
export const presenter = async (tx: Pick<Transaction, 'user' | 'admissionState'>, rows: readonly DoorTicketRow[]) => {
  const names = await publicNames(tx, [...new Set(rows.flatMap(({ namedAfter }) => namedAfter ?? []))]);
  const inside = await insideAmong(
    tx,
    rows.map(({ id }) => id),
  );
  return (row: DoorTicketRow, listId: string | null): Admission => ({
    admissionId: row.id,
    name: row.fullName ?? fullNameOf(names.get(row.namedAfter ?? '')),
    role: row.role,
    ticketType: row.ticketType,
    seatLabel: row.seatLabel,
    isInside:
      listId === null
        ? [...inside].some((key) => key.endsWith(` ${row.id}`))
        : inside.has(keyText({ listId, admissionId: row.id })),
  });
};

const fullNameOf = (name: { firstName: string; lastName: string } | undefined): string | null =>
  name ? `${name.firstName} ${name.lastName}`.trim() : null;

const admissionOf = ({ admissionId, listId }: KnownScan, { tickets, companions, present }: People) => {
  const row = tickets.get(admissionId ?? '');
  if (!row) return {};
  const others = companions.filter(({ id, bookingId }) => bookingId === row.bookingId && id !== row.id);
  return {
    admission: {
      ...present(row, listId),
      companions: others.slice(0, MAX_COMPANIONS).map((each) => present(each, listId)),
    },
  };
};
