import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd, Member } from '../crowd/crowd.ts';
import { isRecord } from '../generator/dialects/dialect.ts';
import { createSale, getEvent, type User } from '../rally/api.ts';
import type { Scenario } from './scenario.ts';

/** Everybody comes within this time. */
const RUSH_MS = 2_000;
/** Seats for one person in so many. */
const PEOPLE_PER_SEAT = 4;
const ATTEMPTS = 20;
const CAPTURE_PATIENCE_MS = 30_000;

interface Sale {
  eventId: string;
  ticketTypeId: string;
  capacity: number;
}

/** A sale that opens: everybody wants a seat at once, and who gets one pays. */
export const onSale: Scenario = {
  summary:
    'Everybody asks for a seat within two seconds; there is one for every fourth. Who holds one pays by the sandbox. No seat may be sold twice, nobody may be charged without one.',
  latencies: ['booking.create', 'booking.pay', 'booking.get'],
  prepare: async ({ options, people, tell }) => {
    const host = hostOf(people[0]);
    const capacity = Math.max(1, Math.floor(people.length / PEOPLE_PER_SEAT));
    tell(`opening a sale of ${capacity} seats`);
    const sale: Sale = { ...(await createSale(options.url, host, capacity)), capacity };
    return { rooms: [], more: sale };
  },
  play: async (crowd, more) => {
    // Safe: what `prepare` gave.
    const sale = more as Sale;
    await Promise.all(crowd.members.map((member) => buy(crowd, member, sale)));
  },
  recount: async ({ options, people }, { more }) => {
    const { eventId, capacity } = more as Sale;
    const { ticketTypes } = await getEvent(options.url, hostOf(people[0]), eventId);
    const sold = ticketTypes.reduce((sum, { sold: each }) => sum + (each ?? 0), 0);
    return [
      { name: 'oversold', count: Math.max(0, sold - capacity), meaning: 'More seats were sold than there were.' },
    ];
  },
};

const hostOf = (person: { token?: string; id?: string; address?: string } | undefined): User => {
  if (person?.token === undefined) throw new Error('on-sale needs a Rally server: this adapter has no accounts.');
  return {
    id: person.id ?? '',
    accessToken: person.token,
    refreshToken: '',
    expiresAt: '',
    address: person.address ?? '',
  };
};

/** Asks for a seat until told yes or no, and pays for it. */
const buy = async (crowd: Crowd, member: Member, { eventId, ticketTypeId }: Sale): Promise<void> => {
  const dueAt = performance.now() + crowd.random() * RUSH_MS;
  await sleep(dueAt - performance.now());
  const order = { eventId, items: [{ ticketTypeId, quantity: 1 }], idempotencyKey: crowd.id() };
  const booking = await untilAnswered(crowd, member, { name: 'booking.create', input: order, dueAt });
  if (booking === null) return;
  crowd.count('seatsHeld');
  const payment = await untilAnswered(crowd, member, {
    name: 'booking.pay',
    input: { bookingId: booking.id, method: 'CARD', idempotencyKey: crowd.id() },
    dueAt: performance.now(),
  });
  if (payment === null) return;
  const ref = await refOf(crowd, member, String(payment.id));
  if (
    ref === null ||
    !(await untilAnswered(crowd, member, { name: 'sandbox.approve', input: { ref }, dueAt: performance.now() }))
  )
    return;
  crowd.count('paid');
  await checkSeat(crowd, member, String(booking.id));
};

/** The provider is told of a payment a moment after it was begun. */
const refOf = async (crowd: Crowd, member: Member, paymentId: string): Promise<string | null> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const payment = await untilAnswered(crowd, member, {
      name: 'payment.get',
      input: { paymentId },
      dueAt: performance.now(),
    });
    if (typeof payment?.providerRef === 'string') return payment.providerRef;
    await sleep(250);
  }
  return null;
};

/** Who has paid must get the seat, or the money back. */
const checkSeat = async (crowd: Crowd, member: Member, bookingId: string): Promise<void> => {
  const giveUpAt = performance.now() + CAPTURE_PATIENCE_MS;
  while (performance.now() < giveUpAt) {
    const booking = await untilAnswered(crowd, member, {
      name: 'booking.get',
      input: { bookingId },
      dueAt: performance.now(),
    });
    if (booking?.status === 'CONFIRMED') return crowd.count('seatsSold');
    if (booking?.status === 'EXPIRED' || booking?.status === 'CANCELLED') return;
    await sleep(500);
  }
  crowd.fault('chargedWithoutSeat', 'Somebody paid and had neither a seat nor their money back after 30 s.');
};

interface Ask {
  name: string;
  input: object;
  dueAt: number;
}

/** @returns null for a refusal that stands */
const untilAnswered = async (crowd: Crowd, member: Member, ask: Ask): Promise<Record<string, unknown> | null> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await crowd.ask(member, ask);
    if (answer.ok) return isRecord(answer.data) ? answer.data : {};
    if (!answer.retryable) return null;
    await sleep(answer.retryAfterMs ?? 250);
  }
  return null;
};
