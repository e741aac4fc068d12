import { startPayment } from '../../../../src/domains/payments/capture/start.writes.ts';
import type { PaymentView } from '../../../../src/domains/payments/payment/present.ts';
import type { PaymentMethod } from '../../../../src/generated/prisma/enums.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import type { FlowWorld } from './flow-world.ts';

/** A booking that waits for its money, and who has to do with it. */
export interface Booked {
  bookingId: string;
  eventId: string;
  userId: string;
  hostId: string;
  totalMinor: bigint;
}

/** A person with an account. */
export const somebody = async ({ database }: Pick<FlowWorld, 'database'>): Promise<string> => {
  const id = newId();
  const name = `p${id.replaceAll('-', '').slice(-20)}`;
  await database.user.create({ data: { id, email: `${name}@example.org`, username: name, password: 'x' } });
  return id;
};

/** A booking as the events domain would have left it before the payment. */
export const book = async (world: Pick<FlowWorld, 'database'>, totalMinor = 10_000n): Promise<Booked> => {
  const { database } = world;
  const [userId, hostId] = [await somebody(world), await somebody(world)];
  const [eventId, bookingId] = [newId(), newId()];
  const dates = { startDate: new Date('2027-06-01'), endDate: new Date('2027-06-02') };
  await database.event.create({
    data: { id: eventId, title: 'Meetup', slug: eventId, description: 'Talks', hostId, ...dates },
  });
  await database.booking.create({
    data: {
      id: bookingId,
      userId,
      eventId,
      status: 'AWAITING_PAYMENT',
      totalAmount: totalMinor,
      subtotalAmount: totalMinor,
      holdExpiresAt: new Date(Date.now() + 600_000),
    },
  });
  return { bookingId, eventId, userId, hostId, totalMinor };
};

/** What the events domain does when somebody pays: a tenth is the platform's, a twentieth is tax. */
export const pay = (world: FlowWorld, booked: Booked, method: PaymentMethod = 'CARD'): Promise<PaymentView> =>
  world.database.$transaction((tx) =>
    startPayment(tx, recordIn(tx), {
      settings: world.platform.config.payments,
      userId: booked.userId,
      hostId: booked.hostId,
      eventId: booked.eventId,
      bookingId: booked.bookingId,
      amountMinor: booked.totalMinor,
      currency: 'BDT',
      method,
      commissionMinor: booked.totalMinor / 10n,
      taxMinor: booked.totalMinor / 20n,
      commissionSnapshot: {},
      now: world.platform.clock.now(),
    }),
  );
