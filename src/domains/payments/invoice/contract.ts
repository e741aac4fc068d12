import { z } from 'zod';
import { InvoiceKind, InvoiceStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { Money } from '../money/contract.ts';

/** Address and tax number of a seller or buyer, as it was given for invoices (`billing.set`). */
const PartyDetails = z.object({
  legalName: z.string(),
  addressLines: z.array(z.string()),
  postalCode: z.string().nullable(),
  city: z.string(),
  country: z.string(),
  taxNumber: z.string().nullable(),
});

const Party = z.object({
  /** Null for the platform. */
  userId: Id.nullable(),
  name: z.string(),
  /** As they were when it was issued; null when none were given, or when they were erased since. */
  details: PartyDetails.nullable(),
});

const TaxRate = z.object({ name: z.string(), rateBasisPoints: z.int() });

const Supply = z.object({
  title: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** IANA name of the zone in which it takes place. */
  timeZone: z.string(),
  bookingReference: z.string().nullable(),
});

const Line = z.object({
  description: z.string(),
  quantity: z.int(),
  net: Money,
  tax: Money,
  total: Money,
  /** What the tax is called, with its rate in hundredths of a percent; null without one. */
  taxRate: TaxRate.nullable(),
});

/**
 * What was sold, or for a credit note, below zero, what went back. Never changes once issued: a credit note whose refund failed
 * after all is taken back by one above zero, which corrects it.
 */
export const Invoice = z.object({
  id: Id,
  /** What people call it; unique for its seller. */
  number: z.string(),
  /** FEE: what the platform sold to whoever booked. COMMISSION: what it sold to the host. */
  kind: z.enum(InvoiceKind),
  status: z.enum(InvoiceStatus),
  seller: Party,
  buyer: Party,
  bookingId: Id.nullable(),
  paymentId: Id.nullable(),
  /** For a credit note: the invoice it corrects, or the credit note that it takes back. */
  corrects: z.object({ id: Id, number: z.string() }).nullable(),
  /** What was sold and when it takes place, as it was when it was issued; null for what is of no event. */
  supply: Supply.nullable(),
  lines: z.array(Line),
  /** Net and tax by tax rate; null is without one. */
  taxes: z.array(z.object({ taxRate: TaxRate.nullable(), net: Money, tax: Money })),
  net: Money,
  tax: Money,
  total: Money,
  issuedAt: z.iso.datetime().nullable(),
});

const ofInvoice = z.object({ invoiceId: Id });

export const get = operation({
  name: 'invoice.get',
  summary: 'One invoice or credit note. The buyer, the host who sold, and staff may see it.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'actor' }],
  input: ofInvoice,
  output: Invoice,
  errors: [],
  http: 'GET /v1/invoices/{invoiceId}',
});

export const list = operation({
  name: 'invoice.list',
  summary:
    'Invoices and credit notes of what the caller bought, or sold, the latest first. A booking fee is bought from the platform, and so is what the platform does for a host.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    as: z.enum(['BUYER', 'SELLER']).default('BUYER'),
    ...pageInputById(),
  }),
  output: page(Invoice),
  errors: [],
  http: 'GET /v1/invoices',
});

export const document = operation({
  name: 'invoice.document',
  summary: 'An invoice or credit note as plain text, to print or to keep.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: ofInvoice,
  output: z.object({ filename: z.string(), text: z.string() }),
  errors: [],
  http: 'GET /v1/invoices/{invoiceId}/document',
});

export const pdf = operation({
  name: 'invoice.pdf',
  summary:
    'An invoice or credit note as a PDF, to print or to keep; who may see the invoice may have it. Over HTTP the file itself is at GET /v1/invoices/{invoiceId}/pdf.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: ofInvoice,
  output: z.object({ filename: z.string(), base64: z.string() }),
  errors: [],
});
