import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { drawInvoice } from '../../../../src/domains/payments/invoice/pdf/draw-invoice.ts';
import { faceOf } from '../../../../src/domains/payments/invoice/pdf/faces.ts';
import { piecesOf, wrap } from '../../../../src/domains/payments/invoice/pdf/pieces.ts';
import type { InvoiceView } from '../../../../src/domains/payments/invoice/present.ts';

const A4_WIDTH = 595.28;
const MARGIN = 56;
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const VAT = { name: 'Umsatzsteuer', rateBasisPoints: 1_900 };
const LOW = { name: 'Umsatzsteuer', rateBasisPoints: 700 };

const party = (name: string) => ({
  userId: null,
  name,
  details: {
    ...{ legalName: name, addressLines: ['Hinterhof', 'Torstraße 1'], postalCode: '10119', city: 'Berlin' },
    ...{ country: 'DE', taxNumber: 'DE 123 456 789' },
  },
});

const invoice = (changes: Partial<InvoiceView> = {}): InvoiceView => ({
  ...{ id: 'i', number: 'INV-2026-000042', kind: 'TICKETS', status: 'PAID', bookingId: null, paymentId: null },
  ...{ seller: party('Ada GmbH'), buyer: party('Grace Łukasiewicz'), corrects: null },
  supply: {
    ...{ title: 'A festival', startsAt: '2027-05-31T22:30:00.000Z', endsAt: '2027-06-02T20:00:00.000Z' },
    ...{ timeZone: 'Europe/Berlin', bookingReference: 'ABC234567' },
  },
  lines: [
    { description: 'Dinner', quantity: 2, net: eur(10_000), tax: eur(1_900), total: eur(11_900), taxRate: VAT },
    { description: 'Book', quantity: 1, net: eur(1_000), tax: eur(70), total: eur(1_070), taxRate: LOW },
  ],
  taxes: [
    { taxRate: VAT, net: eur(10_000), tax: eur(1_900) },
    { taxRate: LOW, net: eur(1_000), tax: eur(70) },
  ],
  ...{ net: eur(11_000), tax: eur(1_970), total: eur(12_970), issuedAt: '2026-11-22T10:00:00.000Z' },
  ...changes,
});

interface Written {
  str: string;
  width: number;
  transform: number[];
}

/** What a reader of the file finds, page by page. */
const readBack = async (view: InvoiceView) => {
  const bytes = await drawInvoice(view);
  const { PDF_FOLDER } = process.env;
  if (PDF_FOLDER !== undefined) writeFileSync(`${PDF_FOLDER}/${view.number}.pdf`, bytes);
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const pages: Written[][] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    pages.push(items as Written[]);
  }
  const words = pages.map((items) => items.map(({ str }) => str).join(' '));
  return { pages, text: words.join(' ').replaceAll(/\s+/g, ' '), bytes };
};

/** Without what lies between words, which a file of glyphs does not have. */
const bare = (text: string): string => text.replaceAll(/\s+/gu, '');

const expectInside = (pages: Written[][]): void => {
  for (const { transform, width, str } of pages.flat()) {
    const [, , , , left = 0] = transform;
    expect(left, str).toBeGreaterThanOrEqual(MARGIN - 1);
    expect(left + width, str).toBeLessThanOrEqual(A4_WIDTH - MARGIN + 1);
  }
};

describe('an invoice as a PDF', () => {
  test('has every field that the law asks for, and the sums by rate', async () => {
    const { text, pages, bytes } = await readBack(invoice());
    const found = bare(text);
    for (const field of [
      ...['INVOICE', 'INV-2026-000042', 'Issued 2026-11-22', 'PAID', 'Seller', 'Ada GmbH', 'Hinterhof', 'Torstraße 1'],
      ...['10119 Berlin', 'Tax number DE 123 456 789', 'Buyer', 'Grace Łukasiewicz', 'A festival'],
      ...['2027-06-01 to 2027-06-02', 'ABC234567', 'Dinner', 'Umsatzsteuer 19 %', '100.00', '119.00'],
      ...['Umsatzsteuer 19 % of 100.00 EUR', '19.00 EUR', 'Umsatzsteuer 7 % of 10.00 EUR', '0.70 EUR'],
      ...['Net 110.00 EUR', 'Tax 19.70 EUR', 'Total 129.70 EUR', 'page 1 of 1'],
    ]) {
      expect(found).toContain(bare(field));
    }
    expect(pages).toHaveLength(1);
    expectInside(pages);
    expect(bytes.length).toBeLessThan(100_000);
  });

  test('names itself a credit note, and what it corrects', async () => {
    const back = { lines: [], taxes: [], net: eur(-1_000), tax: eur(0), total: eur(-1_000) };
    const corrects = { id: 'i', number: 'INV-2026-000001' };
    const note = invoice({ kind: 'CREDIT_NOTE', number: 'CRN-2026-000001', corrects, ...back });
    const found = bare((await readBack(note)).text);
    for (const field of ['CREDIT NOTE', 'Corrects INV-2026-000001', 'Total -10.00 EUR'])
      expect(found).toContain(bare(field));
  });

  test('writes names of other scripts in their own letters', async () => {
    const names = ['نادية الخطيب', 'রহিমা খাতুন', '王小明', 'Ольга Петрова', 'Αθηνά', 'Nguyễn Thị Ánh', 'सीता देवी'];
    for (const name of names) {
      const seller = party(name);
      const view = invoice({ seller, number: `INV-2026-${String(names.indexOf(name)).padStart(6, '0')}` });
      const { pages, text } = await readBack(view);
      expectInside(pages);
      expect(bare(text)).toContain('Total129.70EUR');
      // Nothing of it is a box: each character has a font.
      expect([...name].filter((each) => each !== ' ' && !/\p{M}/u.test(each) && faceOf(each) === null)).toEqual([]);
    }
    const chinese = await readBack(invoice({ seller: party('王小明') }));
    expect(chinese.text).toContain('王小明');
    const greek = await readBack(invoice({ seller: party('Αθηνά Ольга') }));
    expect(bare(greek.text)).toContain('ΑθηνάОльга');
  });

  test('goes on on further pages, whose columns are named again, and cuts nothing', async () => {
    const line = invoice().lines[0];
    const lines = Array.from({ length: 80 }, (_each, index) => ({
      ...(line ?? { quantity: 1, net: eur(1), tax: eur(0), total: eur(1), taxRate: null }),
      description: `Kind of ticket number ${index} ${'with a long name '.repeat(index % 5)}end${index}`,
    }));
    const { pages, text } = await readBack(invoice({ lines }));
    expect(pages.length).toBeGreaterThan(2);
    expect(text.match(/Description/g)).toHaveLength(pages.length);
    for (let index = 0; index < 80; index += 1) expect(text).toContain(`end${index}`);
    expect(text).toContain(`page ${pages.length} of ${pages.length}`);
    expectInside(pages);
  });

  test('cuts nothing of a name without spaces', async () => {
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(6);
    const { pages, text } = await readBack(invoice({ seller: party(long) }));
    // The buyer stands beside it.
    expect(bare(text).replace('GraceŁukasiewicz', '')).toContain(long);
    expectInside(pages);
  });
});

describe('pieces', () => {
  test('stand in the order in which they are read', () => {
    const order = (line: string) =>
      piecesOf(line)
        .map(({ text }) => text)
        .filter((text) => text !== ' ');
    expect(order('one two')).toEqual(['one', 'two']);
    expect(order('نادية الخطيب')).toEqual(['الخطيب', 'نادية']);
    expect(order('Ms نادية الخطيب Ltd')).toEqual(['Ms', 'الخطيب', 'نادية', 'Ltd']);
    expect(order('شارع 12')).toEqual(['12', 'شارع']);
    expect(order('한글')).toEqual(['??']);
  });

  test('of any text are the whole text, and no line is wider than it may be', () => {
    const widthOf = (line: string): number => [...line].length;
    const words = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('نادية', 'রহিমা', '王小明', 'x'.repeat(40))),
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 40 }), (texts, width) => {
        const text = texts.join(' ').replaceAll(/\s+/gu, ' ').trim();
        const lines = wrap(text, width, widthOf);
        const written = (line: string): string =>
          [
            ...bare(
              piecesOf(line)
                .map((piece) => piece.text)
                .join(''),
            ),
          ]
            .sort()
            .join('');
        expect(written(lines.join(' '))).toBe(written(text));
        for (const line of lines)
          expect(widthOf(line) <= width || [...new Intl.Segmenter().segment(line)].length === 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
