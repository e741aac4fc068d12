import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import type { Pictured, Showing } from '../../media/api.ts';
import { takenByBank, wireMoney } from '../../payments/api.ts';
import type { PriceSnapshot } from '../booking/booking.rules.ts';
import { summarise } from '../event/summarise.ts';
import { typeNumber } from './code.rules.ts';
import { encodeTicket } from './code-signature.rules.ts';
import { list } from './contract.ts';
import { type ActiveKey, activeKeysOf, type HeldRow, ticketsHeldBy } from './held.reads.ts';
import { placeOfKey } from './key-place.ts';
import { PROOF_PERIOD_SECONDS, PROOF_SKEW, proofSecret } from './proof.rules.ts';
import { validTime } from './valid-time.rules.ts';

interface Deps extends Pictured {
  database: Database;
  sealing: Pick<Sealing, 'open'>;
}

/** The tickets in the caller's hands, with all that their app needs to show them at a door without network. */
export const listHeldTickets = ({ database, sealing, pictures }: Deps) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ when, cursor, limit }, _subject, { actor, now }) => {
      const wanted = { userId: actor.userId, when, now, after: readCursor(cursor), limit: limit + 1 };
      const rows = await ticketsHeldBy(database, wanted);
      const { items, nextCursor } = pageOf(rows, limit, ({ event, id }) => ({ at: event.startDate, id }));
      const keys = when === 'PAST' ? [] : await activeKeysOf(database, [...new Set(items.map((row) => row.eventId))]);
      const suspended = await suspendedAmong(database, items);
      const keyOf = new Map(keys.map((key) => [key.eventId, key]));
      return {
        items: items.map((row) => {
          const key = suspended.has(row.bookingId) ? undefined : keyOf.get(row.eventId);
          return { ...present(row, { pictures, now }), ...(key ? shownAtDoor(row, key, sealing) : NOT_SHOWN) };
        }),
        nextCursor,
      };
    },
  });

const NOT_SHOWN = { code: null, proof: null };

/** The bookings among them whose payers' banks want all of the money back. */
const suspendedAmong = async (database: Database, rows: readonly HeldRow[]): Promise<Set<string | null>> => {
  const paidBy = new Map(
    rows.map(({ bookingId, booking }) => [
      bookingId,
      // Safe: only bookings are written there, from this type.
      (booking?.priceSnapshot as unknown as PriceSnapshot | undefined)?.paidBy,
    ]),
  );
  const suspended = await Promise.all(
    [...paidBy].map(async ([bookingId, paymentId]) =>
      paymentId !== undefined && (await takenByBank(database, paymentId)) !== 'NOTHING' ? [bookingId] : [],
    ),
  );
  return new Set(suspended.flat());
};

const shownAtDoor = (row: HeldRow, key: ActiveKey, sealing: Deps['sealing']) => {
  const claims = {
    keyNumber: key.keyNumber,
    eventId: row.eventId,
    admissionId: row.id,
    typeNumber: typeNumber(row.ticketTypeId ?? ''),
    generation: row.generation,
    ...validTime({ event: row.event, type: row.ticketType ?? undefined }),
  };
  const gateKey = sealing.open(key.gateKey, placeOfKey(key.id, 'gate_key'));
  return {
    code: encodeTicket(claims, sealing.open(key.privateKey, placeOfKey(key.id, 'private_key'))),
    proof: {
      secret: proofSecret(gateKey, row.id, row.generation).toString('base64'),
      periodSeconds: PROOF_PERIOD_SECONDS,
      skew: PROOF_SKEW,
    },
  };
};

const present = (row: HeldRow, showing: Showing) => ({
  id: row.id,
  bookingId: row.bookingId ?? '',
  ticketTypeName: row.ticketType?.name ?? '',
  guestName: row.userId === null ? row.fullName : null,
  isTransferable: row.ticketType?.transferable ?? false,
  paid: wireMoney(row.pricePaid, row.currency),
  isEntered: row.admissionStates.length > 0,
  event: { ...summarise(row.event, showing), address: row.event.address },
});
