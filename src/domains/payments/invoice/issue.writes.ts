import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { bookedPayment } from '../payment/booked.rules.ts';
import { findPayment, type PaymentRow } from '../payment/payment.reads.ts';
import { creditReturns } from './credit.writes.ts';
import { invoicesOf } from './invoice.reads.ts';
import { type Draft, draftsOf, sumsOf } from './lines.rules.ts';
import { holdNumbers, nextNumber } from './number.writes.ts';
import { partyOf, platformParty } from './party.reads.ts';
import { type KeptParty, partyPlace } from './party.rules.ts';
import { sealParty } from './party.writes.ts';
import { seriesOf } from './series.rules.ts';
import { type Supply, supplyOf } from './supply.reads.ts';

export interface Issuing {
  keys: Pick<SubjectKeys, 'encryptFor' | 'decryptFor' | 'keysOf'>;
  now: Date;
}

/**
 * Issues the invoices of a captured payment, once: the host's, and the platform's for the booking fee and for the commission
 * where there are any; and credit notes for what of it has gone back already. Credit that was bought is nothing that was
 * sold: a top-up has no invoice.
 * @returns the id of the invoice for what was paid for; null when the payment has none
 */
export const issueInvoices = async (
  tx: Transaction,
  { keys, now }: Issuing,
  paymentId: string,
): Promise<string | null> => {
  const payment = await findPayment(tx, paymentId);
  if (payment === null || payment.capturedAmount === 0n || payment.purpose === 'WALLET_TOP_UP') return null;
  const { hostId } = bookedPayment(payment);
  await holdNumbers(tx, hostId);
  const [issued] = await invoicesOf(tx, paymentId);
  if (issued !== undefined) return issued.id;
  const sales = salesOf(payment, hostId);
  const ground = { payment, now, supply: await supplyOf(tx, payment), parties: await partiesOf(tx, keys, sales) };
  // A host's numbers are always held before the platform's, so that no two wait for each other.
  if (sales.some(({ sellerId }) => sellerId === null)) await holdNumbers(tx, null);
  const ids: string[] = [];
  for (const sale of sales) ids.push(await insertInvoice(tx, keys, { ...sale, ...ground }));
  await creditReturns(tx, { paymentId, now });
  return ids[0] ?? null;
};

/** The things that one party sells to another. */
interface Sale extends Draft {
  /** Null for the platform. */
  sellerId: string | null;
  buyerId: string;
}

/** The sale that was paid for comes first. */
const salesOf = (payment: PaymentRow, hostId: string | null): Sale[] =>
  draftsOf(payment).flatMap((draft): Sale[] => {
    if (draft.kind === 'COMMISSION') return hostId === null ? [] : [{ ...draft, sellerId: null, buyerId: hostId }];
    return [{ ...draft, sellerId: draft.kind === 'FEE' ? null : hostId, buyerId: payment.userId }];
  });

type Parties = ReadonlyMap<string | null, KeptParty | null>;

/** The parties of the invoices; null stands for the platform. */
const partiesOf = async (tx: Transaction, keys: Issuing['keys'], sales: readonly Sale[]): Promise<Parties> => {
  const ids = new Set(sales.flatMap(({ sellerId, buyerId }) => [sellerId, buyerId]));
  const people = [...ids].filter((id) => id !== null);
  // Makes those that are missing in one order, whoever sells to whom.
  await keys.keysOf(tx, people);
  const parties = new Map<string | null, KeptParty | null>();
  for (const id of people) parties.set(id, await partyOf(tx, keys, id));
  if (ids.has(null)) parties.set(null, await platformParty(tx));
  return parties;
};

interface Ground {
  payment: PaymentRow;
  now: Date;
  supply: Supply | null;
  parties: Parties;
}

const insertInvoice = async (tx: Transaction, keys: Issuing['keys'], sale: Sale & Ground): Promise<string> => {
  const { kind, lines, sellerId, buyerId, payment, now, supply } = sale;
  const id = newId();
  const series = seriesOf(kind, sellerId, now);
  const { netMinor, taxMinor } = sumsOf(lines);
  await tx.invoice.create({
    data: {
      ...{ id, kind, series, number: await nextNumber(tx, series), status: 'PAID', lines },
      ...(supply === null ? {} : { supply }),
      netAmount: netMinor,
      taxAmount: taxMinor,
      totalAmount: netMinor + taxMinor,
      currency: payment.currency,
      userId: buyerId,
      issuerId: sellerId,
      bookingId: payment.bookingId,
      paymentId: payment.id,
      issuedAt: now,
      ...(await sealedParties(tx, keys, { id, ...sale })),
    },
    select: { id: true },
  });
  return id;
};

/** The parties as they are called now, each encrypted with their own key; what the platform sells names it in the clear. */
const sealedParties = async (
  tx: Transaction,
  keys: Issuing['keys'],
  { id, sellerId, buyerId, parties }: Sale & Pick<Ground, 'parties'> & { id: string },
) => {
  const [seller = null, buyer = null] = [parties.get(sellerId), parties.get(buyerId)];
  const ofBuyer = { userId: buyerId, place: partyPlace('billing_details', id), party: buyer };
  const billingDetails = await sealParty(tx, keys, ofBuyer);
  if (sellerId === null) return { billingDetails, sellerDetails: JSON.stringify(seller) };
  const ofSeller = { userId: sellerId, place: partyPlace('seller_details', id), party: seller };
  return { billingDetails, sellerDetails: await sealParty(tx, keys, ofSeller) };
};
