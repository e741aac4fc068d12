import { percent } from './format.ts';
import type { Reading } from './language.ts';
import type { EventView } from './shapes.ts';

const ALL = 10_000;
const HOURS_A_DAY = 24;

/** The rule by which money goes back, as sentences. */
export const refundWords = (
  reading: Reading,
  { refundPolicy, status }: Pick<EventView, 'refundPolicy' | 'status'>,
): string[] => {
  const { t } = reading;
  if (status === 'POSTPONED')
    return [t('While there is no new date, every ticket can be given back for all of its money.')];
  const steps = refundPolicy.steps.filter(({ refundBasisPoints }) => refundBasisPoints > 0);
  if (steps.length === 0) return [t('Tickets cannot be given back for money.')];
  const sentences = steps.map(({ hoursBefore, refundBasisPoints }) => {
    const values = { share: percent(reading, refundBasisPoints), time: before(reading, hoursBefore) };
    if (hoursBefore === 0)
      return refundBasisPoints === ALL
        ? t('All your money back until it begins.')
        : t('{share} back until it begins.', values);
    return refundBasisPoints === ALL
      ? t('All your money back until {time} before it begins.', values)
      : t('{share} back until {time} before it begins.', values);
  });
  return refundPolicy.feesRefundable ? sentences : [...sentences, t('A booking fee stays paid.')];
};

/** `1 day`, `6 hours`. */
const before = ({ plural }: Reading, hours: number): string =>
  Number.isInteger(hours / HOURS_A_DAY)
    ? plural(hours / HOURS_A_DAY, '{count} day', '{count} days')
    : plural(hours, '{count} hour', '{count} hours');
