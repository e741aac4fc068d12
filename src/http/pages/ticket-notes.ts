import { momentOf, percent } from './format.ts';
import type { Frame } from './layout.tsx';
import type { EventView, TicketTypeView } from './shapes.ts';

/** Seats fewer than this are said: they are news. */
const FEW_SEATS = 20;

/** Gives short notes on a kind of ticket: its tax, its seats and its window of sale. */
export const ticketNotes = (
  frame: Pick<Frame, 'reading' | 'now'>,
  event: Pick<EventView, 'timeZone'>,
  type: TicketTypeView,
): string[] =>
  [taxNote(frame, type), seatsNote(frame, type), windowNote(frame, event, type)].filter((note) => note !== '');

const taxNote = ({ reading }: Pick<Frame, 'reading'>, { tax, priceWithTax }: TicketTypeView): string => {
  if (tax === null || priceWithTax.amountMinor === 0) return '';
  return reading.t('incl. {rate} {tax}', { rate: percent(reading, tax.rateBasisPoints), tax: tax.name });
};

const seatsNote = ({ reading }: Pick<Frame, 'reading'>, { available, minPerOrder }: TicketTypeView): string => {
  if (available === null || available >= FEW_SEATS) return '';
  return available < minPerOrder ? reading.t('Sold out') : seatsWords(reading, available);
};

/** `1 seat left`, `12 seats left`. */
export const seatsWords = ({ plural }: Frame['reading'], count: number): string =>
  plural(count, '{count} seat left', '{count} seats left');

const windowNote = (
  { reading, now }: Pick<Frame, 'reading' | 'now'>,
  { timeZone }: Pick<EventView, 'timeZone'>,
  { status, salesStartAt, salesEndAt }: TicketTypeView,
): string => {
  const { t } = reading;
  const time = (at: string) => ({ time: momentOf(reading, at, timeZone, now) });
  if (status === 'PAUSED') return t('not on sale at the moment');
  if (status === 'CLOSED') return t('no longer on sale');
  if (salesStartAt !== null && Date.parse(salesStartAt) > now.getTime())
    return t('on sale from {time}', time(salesStartAt));
  if (salesEndAt === null) return '';
  return Date.parse(salesEndAt) <= now.getTime() ? t('no longer on sale') : t('until {time}', time(salesEndAt));
};
