import { capturePayment } from '../../../../src/domains/payments/capture/capture.writes.ts';
import { lockPayment } from '../../../../src/domains/payments/payment/lock.writes.ts';
import type { ProviderMessage } from '../../../../src/domains/payments/provider/message.rules.ts';
import { applyMessage } from '../../../../src/domains/payments/webhook/apply.writes.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { makeUsers } from '../../social/support/rows.ts';
import { type EventWorld, newEvent, openEventWorld } from './event-world.ts';

/** What tests look at of a booking's view. */
export interface BookingAnswer {
  id: string;
  status: string;
  holdExpiresAt: string | null;
  total: { amountMinor: number; currency: string };
  discount: { amountMinor: number; currency: string };
  admissions: { id: string; status: string; userId: string | null; paid: { amountMinor: number } }[];
}

export interface Sale {
  eventId: string;
  host: string;
  /** In the order in which they were given. */
  types: string[];
}

/** What a provider or a payer's bank does with a captured payment, unasked. All of it when no amount is named. */
export interface News {
  about: 'refund' | 'dispute';
  status: 'SETTLED' | 'FAILED' | 'OPENED' | 'WON' | 'LOST';
  amountMinor?: bigint;
  /** The dispute or refund of earlier news; a new one when absent. */
  ref?: string;
}

/** An event world with what a sale needs. */
export interface BookingWorld extends EventWorld {
  /** Publishes an event of the first person's. */
  sell: (ticketTypes: object[], fields?: object) => Promise<Sale>;
  /** More people. */
  crowd: (count: number) => Promise<string[]>;
  book: (by: string, sale: Sale, quantity?: number, more?: object) => Promise<BookingAnswer>;
  /** Starts to pay. @returns the payment's id */
  pay: (by: string, bookingId: string) => Promise<string>;
  /** The provider takes the money; nobody has been told yet. */
  capture: (paymentId: string) => Promise<void>;
  /** The sandbox says that money of a payment moved, as by a webhook. @returns its name for the dispute or refund */
  say: (paymentId: string, news: News) => Promise<string>;
  /** As if so much time had passed for every hold and offer of an event. */
  pass: (eventId: string, ms: number) => Promise<void>;
}

/** @param extra environment beside the usual */
export const openBookingWorld = async (extra: Record<string, string> = {}): Promise<BookingWorld> => {
  const world = await openEventWorld(extra);
  const { database, people } = world;
  const host = people[0] ?? '';
  return {
    ...world,
    sell: async (ticketTypes, fields = {}) => {
      const { id: eventId } = await world.ask(host, 'event.create', newEvent({ ticketTypes, ...fields }));
      const { ticketTypes: made } = await world.ask(host, 'event.publish', { eventId });
      return { eventId, host, types: made.map(({ id }) => id) };
    },
    crowd: (count) => makeUsers(database, count),
    book: (by, { eventId, types }, quantity = 1, more = {}) => {
      const items = [{ ticketTypeId: types[0], quantity }];
      return world.ask<BookingAnswer>(by, 'booking.create', { eventId, items, ...more });
    },
    pay: async (by, bookingId) => {
      const { id } = await world.ask<{ id: string }>(by, 'booking.pay', { bookingId, method: 'CARD' });
      return id;
    },
    capture: (paymentId) =>
      database.$transaction(async (tx) => {
        const payment = await lockPayment(tx, paymentId);
        if (!payment) throw new Error(`no payment ${paymentId}`);
        await capturePayment({ tx, record: recordIn(tx), now: new Date() }, payment, null);
      }),
    say: async (paymentId, { about, status, amountMinor, ref = `${about}_${newId()}` }) => {
      const payment = await database.payment.findUniqueOrThrow({ where: { id: paymentId } });
      const message = {
        about,
        status,
        paymentRef: payment.providerPaymentId,
        amountMinor: Number(amountMinor ?? payment.capturedAmount),
        currency: payment.currency,
        ...(about === 'refund' ? { refundRef: ref } : { disputeRef: ref, reason: 'FRAUDULENT' }),
      } as ProviderMessage;
      await database.$transaction((tx) =>
        applyMessage({ tx, record: recordIn(tx), provider: 'SANDBOX', now: new Date() }, message),
      );
      return ref;
    },
    pass: async (eventId, ms) => {
      // Marks that seats are sold out would be long gone.
      await world.platform.redis.cache.flushdb();
      const shift = `${ms} milliseconds`;
      await database.$executeRaw`
        UPDATE inventory_holds SET expires_at = expires_at - ${shift}::interval, created_at = created_at - ${shift}::interval
        WHERE event_id = ${eventId}::uuid AND state = 'HELD'`;
      await database.$executeRaw`
        UPDATE bookings SET hold_expires_at = hold_expires_at - ${shift}::interval, created_at = created_at - ${shift}::interval
        WHERE event_id = ${eventId}::uuid AND status IN ('HELD', 'AWAITING_PAYMENT', 'REQUESTED')`;
      await database.$executeRaw`
        UPDATE waitlist_offers SET expires_at = expires_at - ${shift}::interval, offered_at = offered_at - ${shift}::interval
        WHERE event_id = ${eventId}::uuid AND status = 'OFFERED'`;
    },
  };
};
