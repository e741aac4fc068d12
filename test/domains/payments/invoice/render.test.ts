import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, wrapColumns } from '../../../../src/domains/payments/invoice/columns.rules.ts';
import type { InvoiceView } from '../../../../src/domains/payments/invoice/present.ts';
import { renderInvoice } from '../../../../src/domains/payments/invoice/render.rules.ts';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const VAT = { name: 'Umsatzsteuer', rateBasisPoints: 1_900 };

const ADA = {
  ...{ userId: null, name: 'Ada GmbH' },
  details: {
    ...{ legalName: 'Ada GmbH', addressLines: ['Hinterhof', 'Torstraße 1'], postalCode: '10119', city: 'Berlin' },
    ...{ country: 'DE', taxNumber: 'DE 123 456 789' },
  },
};

const invoice = (changes: Partial<InvoiceView> = {}): InvoiceView => ({
  ...{ id: 'i', number: 'INV-2026-000001', kind: 'TICKETS', status: 'PAID', bookingId: null, paymentId: null },
  ...{ seller: ADA, buyer: { userId: null, name: 'Grace', details: null }, corrects: null },
  supply: {
    ...{ title: 'A festival', startsAt: '2027-05-31T22:30:00.000Z', endsAt: '2027-06-02T20:00:00.000Z' },
    ...{ timeZone: 'Europe/Berlin', bookingReference: 'ABC234567' },
  },
  lines: [
    { description: 'Dinner', quantity: 2, net: eur(10_000), tax: eur(1_900), total: eur(11_900), taxRate: VAT },
    { description: 'Book', quantity: 1, net: eur(1_000), tax: eur(0), total: eur(1_000), taxRate: null },
  ],
  taxes: [
    { taxRate: VAT, net: eur(10_000), tax: eur(1_900) },
    { taxRate: null, net: eur(1_000), tax: eur(0) },
  ],
  ...{ net: eur(11_000), tax: eur(1_900), total: eur(12_900), issuedAt: '2026-11-22T10:00:00.000Z' },
  ...changes,
});

const words = (text: string): string => text.replaceAll(/\s+/gu, '');

test('an invoice names the event, the day of supply where it takes place, the booking, and each tax rate', () => {
  const text = renderInvoice(invoice());
  expect(text).toContain('Event    A festival');
  expect(text).toContain('Supplied 2027-06-01 to 2027-06-02');
  expect(text).toContain('Booking  ABC234567');
  expect(text).toMatch(/Umsatzsteuer 19 % of 100\.00 EUR +19\.00 EUR/);
  expect(text).toMatch(/Total +129\.00 EUR/);
});

test('seller and buyer stand there with address and tax number, as far as they were given', () => {
  const buyer = { ...ADA, name: 'Grace', details: { ...ADA.details, postalCode: null, taxNumber: null } };
  const block = [
    'Seller   Ada GmbH',
    ...['Hinterhof', 'Torstraße 1', '10119 Berlin, DE', 'Tax number DE 123 456 789'].map((text) => `         ${text}`),
    'Buyer    Grace',
    ...['Hinterhof', 'Torstraße 1', 'Berlin, DE'].map((text) => `         ${text}`),
    'Event    A festival',
  ];
  expect(renderInvoice(invoice({ buyer }))).toContain(block.join('\n'));
});

test('nothing is cut, whatever it is called and however wide its characters are: 72 columns', () => {
  const letters = fc.constantFrom(...'abc ', '票', '한', '👩‍👩‍👧', 'é', 'W', '　', '-');
  const upTo = (maxLength: number) => fc.array(letters, { minLength: 1, maxLength }).map((each) => each.join(''));
  const [name, part] = [upTo(200), upTo(100)];
  fc.assert(
    fc.property(name, name, part, part, (description, title, seller, street) => {
      const [line] = invoice().lines;
      const supply = { ...invoice().supply, title } as NonNullable<InvoiceView['supply']>;
      const shown = invoice({
        supply,
        lines: line ? [{ ...line, description }] : [],
        seller: { ...ADA, name: seller, details: { ...ADA.details, addressLines: [street, title], city: street } },
        buyer: { ...ADA, name: street, details: { ...ADA.details, taxNumber: seller } },
      });
      const text = renderInvoice(shown);
      expect(Math.max(...text.split('\n').map(columnsOf))).toBeLessThanOrEqual(72);
      for (const each of [description, title, seller, street]) expect(words(text)).toContain(words(each));
      expect(words(text)).toContain('(Umsatzsteuer19%)');
    }),
    { numRuns: 1_000 },
  );
});

test('a text is broken between words, and within one that is too long', () => {
  expect(wrapColumns('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapColumns('票票票票', 5)).toEqual(['票票', '票票']);
  expect(wrapColumns('', 5)).toEqual(['']);
});
