import { formatDecimal } from '../../money/decimal.rules.ts';
import type { InvoiceView } from '../present.ts';
import { dayIn, percentOf, titleOf } from '../wording.rules.ts';
import { type Column, createSheet, INNER_WIDTH, type Sheet } from './sheet.ts';

const MUTED = '#5d5968';
const HALF = INNER_WIDTH / 2 - 12;

/** The table: where each column begins, and how wide it is. */
const TABLE = {
  description: { x: 0, width: 208 },
  quantity: { x: 212, width: 30, align: 'right' },
  rate: { x: 250, width: 62, align: 'right' },
  net: { x: 316, width: 52, align: 'right' },
  tax: { x: 372, width: 48, align: 'right' },
  total: { x: 424, width: INNER_WIDTH - 424, align: 'right' },
} as const;
type Cell = keyof typeof TABLE;

/** An invoice or credit note as a PDF of A4 pages, with everything that the plain text has. Nothing is cut. */
export const drawInvoice = (invoice: InvoiceView): Promise<Buffer> => {
  const { number, kind, total, seller, issuedAt } = invoice;
  const title = titleOf(kind, total);
  const sheet = createSheet({ title: `${title} ${number}`, author: seller.name, at: new Date(issuedAt ?? 0) });
  head(sheet, invoice);
  parties(sheet, invoice);
  supplied(sheet, invoice);
  table(sheet, invoice);
  sums(sheet, invoice);
  return sheet.finish((page, pages) => `${title} ${number} · page ${page} of ${pages}`);
};

const head = (sheet: Sheet, { kind, total, number, issuedAt, status, corrects }: InvoiceView): void => {
  const half = INNER_WIDTH / 2;
  sheet.row(
    [
      { text: titleOf(kind, total), x: 0, width: half, size: 20, strong: true },
      { text: number, x: half, width: half, align: 'right', size: 14, strong: true },
    ],
    6,
  );
  sheet.row([
    { text: `Issued ${issuedAt?.slice(0, 10) ?? 'not yet'}`, x: 0, width: half, color: MUTED },
    { text: status, x: half, width: half, align: 'right', color: MUTED },
  ]);
  if (corrects !== null) sheet.row([{ text: `Corrects ${corrects.number}`, x: 0, width: INNER_WIDTH }]);
  sheet.space(22);
};

const parties = (sheet: Sheet, { seller, buyer }: InvoiceView): void => {
  const [left, right] = [
    { x: 0, width: HALF },
    { x: INNER_WIDTH / 2 + 12, width: HALF },
  ];
  sheet.row([
    { ...left, text: 'Seller', size: 8, color: MUTED },
    { ...right, text: 'Buyer', size: 8, color: MUTED },
  ]);
  const [sold, bought] = [linesOf(seller), linesOf(buyer)];
  for (let place = 0; place < Math.max(sold.length, bought.length); place += 1) {
    const strong = place === 0;
    sheet.row([
      { ...left, text: sold[place] ?? '', strong },
      { ...right, text: bought[place] ?? '', strong },
    ]);
  }
  sheet.space(18);
};

/** Name, address and tax number, one below the other. */
const linesOf = ({ name, details }: InvoiceView['seller']): string[] => {
  if (details === null) return [name];
  const { addressLines, postalCode, city, country, taxNumber } = details;
  const place = [postalCode, city].filter((part) => part !== null).join(' ');
  return [name, ...addressLines, place, country, ...(taxNumber === null ? [] : [`Tax number ${taxNumber}`])];
};

const supplied = (sheet: Sheet, { supply }: InvoiceView): void => {
  if (supply === null) return;
  const { title, startsAt, endsAt, timeZone, bookingReference } = supply;
  const [from, until] = [dayIn(startsAt, timeZone), dayIn(endsAt, timeZone)];
  const facts: [string, string][] = [
    ['Event', title],
    ['Supplied', from === until ? from : `${from} to ${until}`],
    ...(bookingReference === null ? [] : [['Booking', bookingReference] as [string, string]]),
  ];
  for (const [name, text] of facts) {
    sheet.row([
      { text: name, x: 0, width: 70, color: MUTED },
      { text, x: 76, width: INNER_WIDTH - 76 },
    ]);
  }
  sheet.space(18);
};

const cells = (texts: Partial<Record<Cell, string>>, style: Partial<Column> = {}): Column[] =>
  // Safe: the names are those of the table.
  (Object.keys(texts) as Cell[]).map((name) => ({ size: 9, ...style, ...TABLE[name], text: texts[name] ?? '' }));

const table = (sheet: Sheet, { lines }: InvoiceView): void => {
  const names = {
    description: 'Description',
    quantity: 'Qty',
    rate: 'Tax rate',
    net: 'Net',
    tax: 'Tax',
    total: 'Total',
  };
  const header = (): void => {
    sheet.row(cells(names, { size: 8, color: MUTED }));
    sheet.rule();
  };
  header();
  sheet.onPage(header);
  for (const { description, quantity, taxRate, net, tax, total } of lines) {
    const rate = taxRate === null ? '' : `${taxRate.name} ${percentOf(taxRate.rateBasisPoints)}`;
    const amounts = { net: decimal(net), tax: decimal(tax), total: decimal(total) };
    sheet.row(cells({ description, quantity: String(quantity), rate, ...amounts }), 5);
  }
  sheet.rule();
};

const sums = (sheet: Sheet, { net, taxes, tax, total }: InvoiceView): void => {
  const { currency } = total;
  const sum = (text: string, amount: string, style: Partial<Column> = {}): void =>
    sheet.row(
      [
        { text, x: 150, width: 220, align: 'right', ...style },
        { text: amount, x: 376, width: INNER_WIDTH - 376, align: 'right', ...style },
      ],
      2,
    );
  sum('Net', `${decimal(net)} ${currency}`);
  for (const { taxRate, net: of, tax: part } of taxes) {
    if (taxRate === null) continue;
    const rate = `${taxRate.name} ${percentOf(taxRate.rateBasisPoints)}`;
    sum(`${rate} of ${decimal(of)} ${currency}`, `${decimal(part)} ${currency}`, { color: MUTED });
  }
  sum('Tax', `${decimal(tax)} ${currency}`);
  sum('Total', `${decimal(total)} ${currency}`, { size: 12, strong: true });
};

const decimal = ({ amountMinor, currency }: InvoiceView['total']): string =>
  formatDecimal(BigInt(amountMinor), currency);
