import { setImmediate as otherWork } from 'node:timers/promises';
import { handle } from '../../../kernel/handler.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { presentList } from '../check-in-list/present.ts';
import { type Keeper, keeperOf } from '../door/keeper.reads.ts';
import { canScan, standsAtDoor } from '../door/policy.ts';
import { type EventRow, findEvent } from '../event/event.reads.ts';
import { generationBytes, typeNumber } from '../ticket/code.rules.ts';
import { gateKeyOf } from '../ticket/gate-key.reads.ts';
import { placeOfKey } from '../ticket/key-place.ts';
import { activeKey } from '../ticket/ticket.reads.ts';
import { validTime } from '../ticket/valid-time.rules.ts';
import { presenter } from './answer.steps.ts';
import { bundleState, issuedTickets, keysOf, leastGenerations, typesOf } from './bundle.reads.ts';
import { bundle } from './contract.ts';
import { listsOf, ticketsById } from './door.reads.ts';
import { hybridClockAt } from './hybrid-clock.rules.ts';
import { boxTicket, signerOf, type TicketBox } from './ticket-box.ts';

interface Deps {
  database: Database;
  sealing: Pick<Sealing, 'open'>;
  clock: Clock;
}

interface Subject {
  event: EventRow;
  keeper: Keeper;
  now: Date;
}

/** Tickets that are sealed between two looks at other work: some 20 ms. */
const AT_ONCE = 200;

/** Gives a device everything that it needs to work without network. */
export const fetchBundle = ({ database, sealing, clock }: Deps) =>
  handle(bundle, {
    load: async ({ eventId }, { actor }): Promise<Subject | null> => {
      const event = await findEvent(database, eventId);
      return event && { event, keeper: await keeperOf(database, eventId, actor), now: clock.now() };
    },
    sees: (_actor, { keeper }) => standsAtDoor(keeper),
    allow: (_actor, { keeper, now }) => canScan(keeper, now),
    run: async ({ eventId, version }, { event, keeper, now }) => {
      // Read first: what changes while the contents are read makes another version, and is fetched again.
      const state = await bundleState(database, eventId);
      const isUnchanged = state.version === version;
      return {
        ...state,
        isUnchanged,
        serverHlc: hybridClockAt(now).toString(),
        contents: isUnchanged ? null : await contentsFor({ database, sealing }, event, keeper),
      };
    },
  });

const contentsFor = async (deps: Omit<Deps, 'clock'>, event: EventRow, { device }: Keeper) => {
  const { database, sealing } = deps;
  const lists = await listsOf(database, event.id);
  const keys = await keysOf(database, event.id);
  const types = await typesOf(database, event.id);
  const revoked = await leastGenerations(database, event.id);
  return {
    event: {
      ...{ id: event.id, title: event.title, timeZone: event.timeZone },
      ...{ startDate: event.startDate.toISOString(), endDate: event.endDate.toISOString() },
    },
    listId: device?.listId ?? lists[0]?.id ?? null,
    lists: lists.map(presentList),
    keys: keys.map(({ keyNumber, publicKey }) => ({ number: keyNumber, publicKey })),
    gateKey: device ? await gateKeyOf(database, sealing, event.id) : null,
    types: types.map((type) => {
      const { notBefore, expiresAt } = validTime({ event, type });
      return {
        id: type.id,
        number: typeNumber(type.id),
        validFrom: timeText(notBefore),
        validUntil: timeText(expiresAt),
      };
    }),
    revocations: Buffer.concat(
      revoked.map(({ admissionId, minGeneration }) => generationBytes(admissionId, minGeneration)),
    ).toString('base64'),
    tickets: await boxAll(deps, event),
  };
};

const timeText = (seconds: number): string => new Date(seconds * 1_000).toISOString();

/** All issued tickets, sealed a few hundred at a time, so that other calls of the node are served meanwhile. */
const boxAll = async ({ database, sealing }: Omit<Deps, 'clock'>, event: EventRow): Promise<TicketBox[]> => {
  const key = await activeKey(database, event.id);
  if (!key) return [];
  const signer = signerOf(event, key.keyNumber, sealing.open(key.privateKey, placeOfKey(key.id, 'private_key')));
  const boxes: TicketBox[] = [];
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await issuedTickets(database, event.id, { after, limit: AT_ONCE });
    const rows = await ticketsById(database, ids);
    const present = await presenter(database, [...rows.values()]);
    for (const row of rows.values()) {
      const { name, ticketType, role, seatLabel } = present(row, null);
      boxes.push(boxTicket(signer, row, { name, ticketType, role, seatLabel }));
    }
    if (ids.length < AT_ONCE) return boxes;
    after = ids.at(-1) ?? null;
    await otherWork();
  }
};
