import type { Transaction } from '../../../platform/db/client.ts';
import { ensureDefaultList } from '../check-in-list/check-in-list.writes.ts';
import type { KeeperDevice } from '../door/keeper.reads.ts';
import { type DecodedTicket, decodeTicket } from '../ticket/code.rules.ts';
import { isSignedBy } from '../ticket/code-signature.rules.ts';
import { revocationsOf } from './check-in.reads.ts';
import { MAX_CODE } from './contract.ts';
import { type DoorEvent, findDoorEvent, type ListRow, listsOf, publicKeysOf, shareTickets } from './door.reads.ts';
import { minGenerationAt, type Revocation } from './fold.rules.ts';
import type { RecordParts } from './record.steps.ts';
import type { ShownCode } from './verdict.rules.ts';

/** An event's doors, in a transaction. */
export interface OpenDoor {
  event: DoorEvent;
  /** By id. */
  lists: ReadonlyMap<string, ListRow>;
  defaultList: ListRow;
}

/** Null for an event that there is not. */
export const openDoor = async (tx: Transaction, eventId: string): Promise<OpenDoor | null> => {
  const event = await findDoorEvent(tx, eventId);
  if (!event) return null;
  const found = await listsOf(tx, eventId);
  // An event that was never published has no list yet.
  const lists = found.length > 0 ? found : await ensureDefaultList(tx, eventId).then(() => listsOf(tx, eventId));
  const [defaultList] = lists;
  if (!defaultList) throw new Error(`event ${eventId} has no list`);
  return { event, lists: new Map(lists.map((list) => [list.id, list])), defaultList };
};

/** The list that is meant; null for one that the event does not have. A device's own list goes before the default one. */
export const listMeant = (
  { lists, defaultList }: OpenDoor,
  listId: string | undefined,
  device: Pick<KeeperDevice, 'listId'> | null,
): ListRow | null => {
  const id = listId ?? device?.listId ?? defaultList.id;
  return lists.get(id) ?? null;
};

/** A code as it was read: what it says, and what is known of it. Null parts where it says nothing. */
export interface ReadCode {
  decoded: DecodedTicket | null;
  shown: ShownCode | null;
  /** Of this event, and signed; null otherwise. */
  admissionId: string | null;
}

/** Reads codes, and asks for the keys that should have signed them. In the order in which they were given. */
export const readCodes = async (tx: Transaction, eventId: string, codes: readonly string[]): Promise<ReadCode[]> => {
  const decoded = codes.map((code) => (code.length > MAX_CODE ? null : decodeTicket(code)));
  const eventIds = new Set(decoded.flatMap((each) => each?.claims.eventId ?? []));
  const keys = await publicKeysOf(tx, [...eventIds]);
  return decoded.map((each): ReadCode => {
    if (!each) return { decoded: null, shown: null, admissionId: null };
    const key = keys.get(`${each.claims.eventId} ${each.claims.keyNumber}`);
    const isSigned = key !== undefined && isSignedBy(each, key);
    const { eventId: of, generation, admissionId } = each.claims;
    return {
      decoded: each,
      shown: { eventId: of, generation, isSigned },
      admissionId: isSigned && of === eventId ? admissionId : null,
    };
  });
};

/** The tickets that scans name, kept from being revoked meanwhile, with their revocations. */
export const shareScanned = async (
  tx: Transaction,
  eventId: string,
  admissionIds: readonly (string | null)[],
): Promise<Pick<RecordParts, 'tickets' | 'revocations'>> => {
  const ids = [...new Set(admissionIds.flatMap((id) => id ?? []))].sort();
  const tickets = await shareTickets(tx, eventId, ids);
  return { tickets, revocations: await revocationsOf(tx, [...tickets.keys()]) };
};

/** The lowest generation of a ticket's code that is good, whenever it was revoked. */
export const leastGeneration = (revocations: readonly Revocation[]): number =>
  minGenerationAt(
    revocations.map((revocation) => ({ ...revocation, hybridClock: 0n })),
    0n,
  );
