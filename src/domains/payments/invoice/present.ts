import { z } from 'zod';
import type { Database } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { publicNames } from '../../identity/api.ts';
import { wireMoney } from '../money/wire.rules.ts';
import type { Invoice } from './contract.ts';
import type { StoredInvoice } from './invoice.reads.ts';
import { InvoiceLine, sumsByRate } from './lines.rules.ts';
import { KeptParty, type PartyPlace, PLATFORM, partyCalled, partyPlace } from './party.rules.ts';
import { displayNumber } from './series.rules.ts';
import { Supply } from './supply.reads.ts';

/** What showing an invoice stands on. */
export interface Showing {
  database: Database;
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>;
}

export type InvoiceView = z.input<typeof Invoice>;

const ERASED = 'A person who has left';

/** Invoices as their parties see them. Who sold and who bought is called as when it was issued, unless they were erased since. */
export const presentInvoices = async (
  { database, subjectKeys }: Showing,
  invoices: readonly StoredInvoice[],
): Promise<InvoiceView[]> => {
  const ids = new Set(invoices.flatMap(({ userId, issuerId }) => (issuerId === null ? [userId] : [userId, issuerId])));
  const people = await publicNames(database, [...ids]);
  const nameOf = (userId: string): string => {
    const person = people.get(userId);
    return person === undefined ? ERASED : `${person.firstName} ${person.lastName}`.trim();
  };
  const views: InvoiceView[] = [];
  for (const invoice of invoices) {
    const { issuerId, userId } = invoice;
    // A credit note names whom the invoice named that it goes back to.
    const { id, billingDetails, sellerDetails } = invoice.corrects?.corrects ?? invoice.corrects ?? invoice;
    const open = (ownerId: string, column: Column, sealed: string | null): Promise<KeptParty> =>
      openParty({ database, subjectKeys }, { ownerId, place: partyPlace(column, id), sealed, name: nameOf(ownerId) });
    const seller =
      issuerId === null ? platformIn(sellerDetails) : await open(issuerId, 'seller_details', sellerDetails);
    const buyer = await open(userId, 'billing_details', billingDetails);
    views.push(presentInvoice(invoice, { seller: { userId: issuerId, ...seller }, buyer: { userId, ...buyer } }));
  }
  return views;
};

type Column = Parameters<typeof partyPlace>[0];

/** What was issued before sellers were kept names the platform alone. */
const platformIn = (kept: string | null): KeptParty =>
  kept === null ? partyCalled(PLATFORM, null) : KeptParty.parse(JSON.parse(kept));

interface SealedParty {
  ownerId: string;
  place: PartyPlace;
  sealed: string | null;
  /** What they are called now. */
  name: string;
}

const openParty = async (
  { database, subjectKeys }: Showing,
  { ownerId, place, sealed, name }: SealedParty,
): Promise<KeptParty> => {
  if (sealed === null) return partyCalled(name, null);
  const kept = await subjectKeys.decryptFor(database, ownerId, place, sealed);
  return kept === null ? partyCalled(ERASED, null) : KeptParty.parse(JSON.parse(kept));
};

const presentInvoice = (invoice: StoredInvoice, parties: Pick<InvoiceView, 'seller' | 'buyer'>): InvoiceView => {
  const money = (amountMinor: bigint) => wireMoney(amountMinor, invoice.currency);
  const { corrects, correctsId } = invoice;
  const lines = z.array(InvoiceLine).parse(invoice.lines);
  return {
    id: invoice.id,
    number: displayNumber(invoice.series, invoice.number),
    kind: invoice.kind,
    status: invoice.status,
    ...parties,
    bookingId: invoice.bookingId,
    paymentId: invoice.paymentId,
    corrects:
      corrects === null || correctsId === null
        ? null
        : { id: correctsId, number: displayNumber(corrects.series, corrects.number) },
    supply: Supply.safeParse(invoice.supply).data ?? null,
    taxes: sumsByRate(lines).map(({ tax: taxRate, netMinor, taxMinor }) => ({
      taxRate,
      net: money(netMinor),
      tax: money(taxMinor),
    })),
    lines: lines.map((line) => ({
      description: line.description,
      quantity: line.quantity,
      net: money(BigInt(line.netMinor)),
      tax: money(BigInt(line.taxMinor)),
      total: money(BigInt(line.totalMinor)),
      taxRate: line.tax,
    })),
    net: money(invoice.netAmount),
    tax: money(invoice.taxAmount),
    total: money(invoice.totalAmount),
    issuedAt: invoice.issuedAt?.toISOString() ?? null,
  };
};
