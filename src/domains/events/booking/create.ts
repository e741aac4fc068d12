import type { InputOf } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Handler } from '../../../kernel/handler.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commitTogether } from '../../../platform/db/commit.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { blockedAmong } from '../../identity/api.ts';
import { canSee, canSeeStock, STRANGER, type Standing } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import type { SoldOut } from '../inventory/sold-out.store.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { create } from './contract.ts';
import { buryDead } from './expire.steps.ts';
import { type PlacedOrder, placeOrders } from './place.steps.ts';
import { presentBooking } from './present.ts';
import { refuseSoldOut } from './refuse-sold-out.ts';
import { isPlaced, settlePlaced } from './settle-placed.steps.ts';
import { tellHeld } from './tell-held.ts';

interface Deps {
  sealing: Sealing;
  subjectKeys: Pick<SubjectKeys, 'encryptFor'>;
  soldOut: SoldOut;
  sockets: Pick<Sockets, 'tellUser'>;
}

interface Subject {
  stock: Stock;
  standing: Standing;
}

/**
 * Claims seats. Calls for one event are decided together, first come, first served, under the event's lock; what the
 * database's own conditions do not bear rolls all of them back, and each is decided alone.
 */
export const createBooking = ({ sealing, subjectKeys, soldOut, sockets }: Deps): Handler => ({
  ...commitTogether<typeof create, Subject>(create, {
    load: async (calls, { tx, record }) => {
      const eventId = calls[0]?.input.eventId ?? '';
      const locked = await lockStock(tx, eventId);
      if (!locked) return calls.map(() => null);
      const stock = await buryDead({ tx, record, stock: locked });
      const subjects: Subject[] = [];
      const bookerIds = calls.map(({ call }) => call.actor.userId);
      const blocked = await blockedAmong(tx, stock.event.hostId, bookerIds);
      for (const { input, call } of calls) {
        const isStranger = isOpenToAll(stock, input) && !blocked.has(call.actor.userId);
        const standing = isStranger ? STRANGER : await findStanding(tx, eventId, call.actor);
        subjects.push({ stock, standing });
      }
      return subjects;
    },
    sees: canSeeStock,
    allow: anyone,
    run: async (calls, { tx, record, afterCommit }) => {
      const stock = calls[0]?.subject.stock;
      if (!stock) return [];
      const orders = calls.map(
        ({ input, call, subject }): PlacedOrder => ({
          userId: call.actor.userId,
          standing: subject.standing,
          items: input.items,
          guests: input.guests ?? [],
          promoCode: input.promoCode,
        }),
      );
      const decided = await placeOrders({ tx, record, stock, source: 'WEB' }, orders);
      const placed = decided.placed.filter(isPlaced);
      await settlePlaced({ tx, record, sealing, subjectKeys, stock }, placed);
      afterCommit(() => soldOut.mark(stock.event.id, decided.soldOut));
      afterCommit(() =>
        tellHeld(
          sockets,
          placed.map(({ booking }) => booking),
        ),
      );
      return decided.placed.map((each, place) => {
        if (each instanceof AppError) return each;
        const { booking } = each;
        const { status, total, quantity } = booking;
        calls[place]?.audit({
          targetType: 'booking',
          targetId: booking.id,
          after: { status, quantity, totalMinor: Number(total), eventId: booking.eventId },
        });
        return presentBooking(booking, stock.now);
      });
    },
  }),
  early: refuseSoldOut(soldOut),
});

/** What anybody may see and buy needs nobody's standing, unless a code does: at a sale that is nearly every call. */
const isOpenToAll = ({ event, types }: Stock, { items, promoCode }: InputOf<typeof create>): boolean =>
  promoCode === undefined &&
  canSee(event, STRANGER) &&
  event.approvalMode === 'AUTOMATIC' &&
  items.every(({ ticketTypeId }) => {
    const type = types.get(ticketTypeId);
    return type?.visibility === 'PUBLIC' && type.status !== 'DRAFT' && !type.approvalRequired;
  });
