import { z } from 'zod';
import type { Database } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { publicNames } from '../../identity/api.ts';
import { wireMoney } from '../money/wire.ts';
import type { Invoice } from './contract.ts';
import type { StoredInvoice } from './invoice.reads.ts';
import { InvoiceLine, sumsByRate } from './lines.ts';
import { displayNumber } from './series.ts';
import { Supply } from './supply.reads.ts';

/** What showing an invoice stands on. */
export interface Showing {
  database: Database;
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>;
}

export type InvoiceView = z.input<typeof Invoice>;

const PLATFORM = 'Rally';
const ERASED = 'A person who has left';

/** Invoices as their parties see them. A buyer is called as when it was issued, unless they were erased since. */
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
    const seller = { userId: issuerId, name: issuerId === null ? PLATFORM : nameOf(issuerId) };
    const billed = await billedName(subjectKeys, database, invoice);
    views.push(presentInvoice(invoice, { seller, buyer: { userId, name: billed ?? nameOf(userId) } }));
  }
  return views;
};

const Billing = z.object({ name: z.string() });

const billedName = async (
  keys: Showing['subjectKeys'],
  database: Database,
  { id, userId, billingDetails }: StoredInvoice,
): Promise<string | null> => {
  if (billingDetails === null) return null;
  const place = { table: 'invoices', column: 'billing_details', rowId: id };
  const details = await keys.decryptFor(database, userId, place, billingDetails);
  return details === null ? ERASED : Billing.parse(JSON.parse(details)).name;
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
