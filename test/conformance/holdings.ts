import { createECDH, randomBytes } from 'node:crypto';
import type { Socket } from 'socket.io-client';
import { type Database, openDatabase } from '../../src/platform/db/client.ts';
import { newId } from '../../src/platform/ids.ts';
import { ask, connect, type Person } from '../support/people.ts';

/** What somebody has beside events: each thing by the field that names it in an input. */
export interface Holdings {
  bookingId: string;
  admissionId: string;
  admissionIds: string[];
  participantId: string;
  entryId: string;
  promoCodeId: string;
  paymentId: string;
  refundId: string;
  disputeId: string;
  invoiceId: string;
  payoutAccountId: string;
  payoutId: string;
  deviceId: string;
  mediaId: string;
  /** Of the ledger. */
  accountId: string;
  /** Of notifications. */
  ids: string[];
}

interface Sale {
  eventId: string;
  ticketTypeIds: string[];
}

interface Owner {
  id: string;
  eventId: string;
  bookingId: string;
  payoutAccountId: string;
}

/**
 * Gives somebody one of everything, all about a free event of theirs that is on sale: through operations what a person
 * can make alone, and as rows at rest, which no job looks for, what providers and time would have to bring.
 */
export const acquire = async (
  { url, databaseUrl }: { url: string; databaseUrl: string },
  owner: Person,
  sale: Sale,
): Promise<Holdings> => {
  const made = await makeByCalls(url, owner, sale);
  const database = openDatabase(databaseUrl, 1);
  try {
    const { bookingId, admissionId, promoCodeId, payoutAccountId, deviceId, mediaId } = made;
    const has: Owner = { id: owner.id, eventId: sale.eventId, bookingId, payoutAccountId };
    const [admissionIds, participantId] = [[admissionId], admissionId];
    const { entryId, ids } = await insertRest(database, has);
    return {
      ...{ bookingId, admissionId, admissionIds, participantId, promoCodeId, payoutAccountId, entryId, ids, deviceId },
      mediaId,
      ...(await insertMoney(database, has)),
    };
  } finally {
    await database.$disconnect();
  }
};

const makeByCalls = async (url: string, owner: Person, { eventId, ticketTypeIds: [ticketTypeId] }: Sale) => {
  const socket = connect(url, owner);
  const order = { eventId, items: [{ ticketTypeId, quantity: 1 }] };
  const booking = await ask<{ id: string; admissions: { id: string }[] }>(socket, 'booking.create', order);
  const code = { eventId, code: 'EARLY', kind: 'PERCENT', percentBasisPoints: 1_000 };
  const promo = await ask<{ id: string }>(socket, 'promoCode.create', code);
  const details = { kind: 'BKASH', phone: '+8801712345678' };
  const account = { currency: 'BDT', country: 'BD', holderName: 'A Host', details };
  const payoutAccount = await ask<{ id: string }>(socket, 'payoutAccount.add', account);
  const registration = { platform: 'WEB', provider: 'WEB_PUSH', subscription: browserSubscription() };
  const device = await ask<{ id: string }>(socket, 'device.register', registration);
  const mediaId = await announcePicture(socket);
  socket.disconnect();
  const admissionId = booking.admissions[0]?.id ?? '';
  const ids = {
    bookingId: booking.id,
    promoCodeId: promo.id,
    payoutAccountId: payoutAccount.id,
    deviceId: device.id,
    mediaId,
  };
  return { ...ids, admissionId };
};

/** Bytes of a file, whatever they are. */
export const UPLOAD = Buffer.from('no picture');

/** Announces a file of as many bytes. */
export const announcePicture = async (socket: Socket): Promise<string> => {
  const input = { purpose: 'COVER', mimeType: 'image/png', byteSize: UPLOAD.length };
  return (await ask<{ media: { id: string } }>(socket, 'media.create', input)).media.id;
};

/** As a browser would make it, of a push service that does not exist. */
export const browserSubscription = () => ({
  endpoint: `https://push.rally.example/${randomBytes(12).toString('hex')}`,
  keys: { p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
});

const insertRest = async (database: Database, { id: userId, eventId }: Owner) => {
  const [entryId, notificationId] = [newId(), newId()];
  await database.waitlist.create({ data: { id: entryId, eventId, userId } });
  const words = { title: 'Confirmed', message: 'You are in.' };
  await database.notification.create({ data: { id: notificationId, userId, type: 'BOOKING_CONFIRMED', ...words } });
  return { entryId, ids: [notificationId] };
};

/** A payment of which a part went back and the rest is disputed, its invoice, a payout that came back, an empty account. */
const insertMoney = async (database: Database, { id: userId, eventId, bookingId, payoutAccountId }: Owner) => {
  const [paymentId, refundId, disputeId] = [newId(), newId(), newId()];
  const [invoiceId, payoutId, accountId] = [newId(), newId(), newId()];
  const now = new Date();
  const paid = { status: 'COMPLETED', capturedAmount: 1_000n, completedAt: now, releasedAt: now } as const;
  const snapshot = { commissionSnapshot: { hostId: userId }, providerPaymentId: `p_${paymentId}` };
  await database.payment.create({
    data: { id: paymentId, userId, eventId, bookingId, amount: 1_000n, ...paid, ...snapshot },
  });
  const settled = { status: 'SETTLED', settledAt: now, providerRefundId: `r_${refundId}` } as const;
  await database.refund.create({ data: { id: refundId, paymentId, bookingId, amount: 100n, ...settled } });
  const claim = { providerDisputeId: `d_${disputeId}`, reason: 'NOT_RECEIVED', amount: 900n } as const;
  await database.dispute.create({ data: { id: disputeId, paymentId, ...claim } });
  const bill = { kind: 'TICKETS', status: 'PAID', issuedAt: now, netAmount: 1_000n, totalAmount: 1_000n } as const;
  await database.invoice.create({
    data: { id: invoiceId, series: 'CONFORMANCE', number: 1, userId, issuerId: userId, paymentId, lines: [], ...bill },
  });
  // The money of a payout that came back is in no item of it.
  const returned = { status: 'RETURNED', returnedAt: now, amount: 500n } as const;
  await database.payout.create({ data: { id: payoutId, hostId: userId, accountId: payoutAccountId, ...returned } });
  const account = { kind: 'HOST_AVAILABLE', currencyCode: 'BDT', normalSide: 'CREDIT' } as const;
  await database.ledgerAccount.create({ data: { id: accountId, ownerId: userId, ...account } });
  return { paymentId, refundId, disputeId, invoiceId, payoutId, accountId };
};
