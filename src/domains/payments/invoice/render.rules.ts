import { formatDecimal } from '../money/decimal.rules.ts';
import { columnsOf, padColumns, wrapColumns } from './columns.rules.ts';
import type { InvoiceView } from './present.ts';
import { dayIn, percentOf, titleOf } from './wording.rules.ts';

const WIDTH = 72;
const RULE = '-'.repeat(WIDTH);
const INDENT = '    ';

const money = ({ amountMinor, currency }: InvoiceView['total']): string =>
  `${formatDecimal(BigInt(amountMinor), currency)} ${currency}`;

/** Text on the left, as many lines as it takes, and an amount on the right of the last. */
const row = (left: string, right: string): string[] => {
  const room = WIDTH - columnsOf(right) - 1;
  const [first = '', ...more] = wrapColumns(left, room - INDENT.length);
  const lines = [first, ...more.map((line) => INDENT + line)];
  const last = lines.pop() ?? '';
  return [...lines, `${padColumns(last, room)} ${right}`];
};

/** A label, and behind it a text of as many lines as it takes. */
const labelled = (label: string, text: string): string[] => {
  const lines = wrapColumns(text, WIDTH - LABEL);
  return lines.map((line, place) => padColumns(place === 0 ? label : '', LABEL) + line);
};
const LABEL = 9;

/** An invoice as plain text, 72 columns wide. Nothing is cut. */
export const renderInvoice = (invoice: InvoiceView): string => {
  const { number, kind, seller, buyer, corrects, supply, lines, taxes, net, tax, total, issuedAt, status } = invoice;
  return [
    ...row(titleOf(kind, total), number),
    ...row(`Issued ${issuedAt?.slice(0, 10) ?? 'not yet'}`, status),
    ...(corrects === null ? [] : labelled('Corrects', corrects.number)),
    '',
    ...party('Seller', seller),
    ...party('Buyer', buyer),
    ...(supply === null ? [] : supplied(supply)),
    '',
    RULE,
    ...lines.flatMap((line) => row(`${line.quantity} x ${line.description}${rateOf(line)}`, money(line.total))),
    RULE,
    ...row('Net', money(net)),
    ...taxes.filter(({ taxRate }) => taxRate !== null).flatMap((each) => taxRow(each)),
    ...row('Tax', money(tax)),
    ...row('Total', money(total)),
    '',
  ].join('\n');
};

/** Name, address and tax number, one below the other. */
const party = (label: string, { name, details }: InvoiceView['seller']): string[] => {
  if (details === null) return labelled(label, name);
  const { addressLines, postalCode, city, country, taxNumber } = details;
  const place = `${postalCode === null ? '' : `${postalCode} `}${city}, ${country}`;
  const below = [...addressLines, place, ...(taxNumber === null ? [] : [`Tax number ${taxNumber}`])];
  return [...labelled(label, name), ...below.flatMap((text) => labelled('', text))];
};

const supplied = ({ title, startsAt, endsAt, timeZone, bookingReference }: NonNullable<InvoiceView['supply']>) => {
  const [from, until] = [dayIn(startsAt, timeZone), dayIn(endsAt, timeZone)];
  return [
    ...labelled('Event', title),
    ...labelled('Supplied', from === until ? from : `${from} to ${until}`),
    ...(bookingReference === null ? [] : labelled('Booking', bookingReference)),
  ];
};

const taxRow = ({ taxRate, net, tax }: InvoiceView['taxes'][number]): string[] =>
  row(`${taxRate?.name} ${percentOf(taxRate?.rateBasisPoints ?? 0)} of ${money(net)}`, money(tax));

const rateOf = ({ taxRate }: InvoiceView['lines'][number]): string =>
  taxRate === null ? '' : ` (${taxRate.name} ${percentOf(taxRate.rateBasisPoints)})`;
