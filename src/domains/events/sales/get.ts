import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { takingsByDay, takingsOf, wireMoney } from '../../payments/api.ts';
import { canManage, canSeeEvent } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { get, MAX_DAYS } from './contract.ts';
import { countTickets, ticketsByDay } from './sales.reads.ts';

/** Shows what an event has sold. */
export const getSales = ({ database }: { database: Database }) =>
  handle(get, {
    load: ({ eventId }, { actor }) => findSubject(database, eventId, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canManage(standing),
    run: async ({ eventId }, { event: { currency, timeZone } }) => {
      const byDay = { eventId, timeZone, limit: MAX_DAYS };
      const [tickets, sums, ticketDays, moneyDays] = await Promise.all([
        countTickets(database, eventId),
        takingsOf(database, { eventId, currency }),
        ticketsByDay(database, byDay),
        takingsByDay(database, { ...byDay, currency }),
      ]);
      const money = (amountMinor: bigint) => wireMoney(amountMinor, currency);
      const sold = new Map(ticketDays.map((each) => [each.day, each.tickets]));
      const taken = new Map(moneyDays.map((each) => [each.day, each.takenMinor]));
      const days = [...new Set([...sold.keys(), ...taken.keys()])].sort().slice(-MAX_DAYS);
      return {
        tickets,
        taken: money(sums.takenMinor),
        refunded: money(sums.refundedMinor),
        disputed: money(sums.disputedMinor),
        fees: money(sums.feesMinor),
        tax: money(sums.taxMinor),
        earned: money(sums.earnedMinor),
        days: days.map((day) => ({ day, tickets: sold.get(day) ?? 0, taken: money(taken.get(day) ?? 0n) })),
      };
    },
  });
