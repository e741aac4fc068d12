import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Standing } from '../event/policy.ts';
import { canSeeStock } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { readStock } from '../inventory/stock.reads.ts';
import { buyable, claimable, publicSeats, type Stock } from '../inventory/stock.rules.ts';
import { promosByCode, usesByPeople } from '../promo-code/promo.reads.ts';
import { opensHidden, type Promo, refuseNothingToPay, usable } from '../promo-code/promo.ts';
import { quote } from './contract.ts';
import { linesOf, needsApproval, type OrderedLine, pricedLines } from './order.rules.ts';
import { presentAmounts, presentLines } from './present.ts';
import { createPricing } from './priced.ts';
import { createTally } from './tally.rules.ts';

/** What an order would cost now. */
export const quoteBooking = ({ database }: { database: Database }) =>
  handle(quote, {
    load: async ({ eventId }, { actor }) => {
      const stock = await readStock(database, eventId);
      return stock && { stock, standing: await findStanding(database, eventId, actor) };
    },
    sees: canSeeStock,
    allow: anyone,
    run: async (input, { stock, standing }, { actor }) => {
      const found = await findPromo(database, stock, input.promoCode);
      const lines = linesOf(stock, input, { standing, hasCode: opensHidden(found) });
      const promo =
        input.promoCode === undefined ? null : await checked(database, stock, { found, lines, standing, ...actor });
      const charged = await createPricing(database, stock)(lines, promo);
      refuseNothingToPay(promo, charged);
      const price = { ...charged.snapshot, promoCode: promo?.code ?? null };
      const { currency } = stock.event;
      return {
        ...presentAmounts({
          subtotal: charged.subtotalMinor,
          discount: charged.discountMinor,
          tax: charged.taxMinor,
          fee: charged.feeMinor,
          total: charged.totalMinor,
          currency,
        }),
        lines: presentLines({ price, currency }).map((line) => ({ ...line, ...seatsOf(stock, line.ticketTypeId) })),
        isAvailable: createTally(stock).missing(lines) === null,
        needsApproval: standing.role === null && needsApproval(stock, lines),
      };
    },
  });

const findPromo = async (database: Database, { event }: Stock, code: string | undefined): Promise<Promo | undefined> =>
  code === undefined ? undefined : (await promosByCode(database, event, [code])).get(code);

interface Asked {
  userId: string;
  standing: Pick<Standing, 'role'>;
  found: Promo | undefined;
  lines: readonly OrderedLine[];
}

/** @throws PROMO_INVALID, PROMO_EXHAUSTED */
const checked = async (
  database: Database,
  { event, now }: Stock,
  { userId, standing, found, lines }: Asked,
): Promise<Promo> => {
  const own = found && (await usesByPeople(database, [found.id], [userId])).get(`${found.id} ${userId}`);
  const used = { inAll: found ? found.reserved + found.redeemed : 0, own: own ?? 0 };
  return usable(found, pricedLines(lines), { now, currency: event.currency, isOfTeam: standing.role !== null, used })
    .promo;
};

const seatsOf = (stock: Stock, ticketTypeId: string) => {
  const type = stock.types.get(ticketTypeId);
  const available = type ? buyable(stock, type) : 0;
  const seatsHeld = type ? claimable(stock, type) - publicSeats(stock, type) : 0;
  return { available: finite(available), seatsHeld: finite(seatsHeld) ?? 0 };
};

const finite = (seats: number): number | null => (Number.isFinite(seats) ? seats : null);
