import { formatDecimal } from '../money/decimal.ts';
import type { InvoiceView } from './present.ts';

const WIDTH = 72;
const RULE = '-'.repeat(WIDTH);

const money = ({ amountMinor, currency }: InvoiceView['total']): string =>
  `${formatDecimal(BigInt(amountMinor), currency)} ${currency}`;

/** Text on the left, an amount on the right; what is too long is cut. */
const row = (left: string, right: string): string => {
  const room = WIDTH - right.length - 1;
  return `${[...left].slice(0, room).join('').padEnd(room)} ${right}`;
};

/** An invoice as plain text, 72 columns wide. */
export const renderInvoice = (invoice: InvoiceView): string => {
  const { number, kind, seller, buyer, corrects, lines, net, tax, total, issuedAt, status } = invoice;
  return [
    row(kind === 'CREDIT_NOTE' ? 'CREDIT NOTE' : 'INVOICE', number),
    row(`Issued ${issuedAt?.slice(0, 10) ?? 'not yet'}`, status),
    ...(corrects === null ? [] : [`Corrects ${corrects.number}`]),
    '',
    `Seller  ${seller.name}`,
    `Buyer   ${buyer.name}`,
    '',
    RULE,
    ...lines.map((line) => row(`${line.quantity} x ${line.description}${taxNote(line)}`, money(line.total))),
    RULE,
    row('Net', money(net)),
    row('Tax', money(tax)),
    row('Total', money(total)),
    '',
  ].join('\n');
};

const taxNote = ({ taxRate }: InvoiceView['lines'][number]): string =>
  taxRate === null ? '' : ` (${taxRate.name} ${taxRate.rateBasisPoints / 100} %)`;
