import { t } from '../words.ts';

/** The choices for who may see an event, the usual first. */
export const visibilities = () =>
  [
    ['PUBLIC', t('Everybody; it is found by search')],
    ['UNLISTED', t('Everybody who has the link')],
    ['FOLLOWERS', t('People who follow the host')],
    ['TICKET_HOLDERS', t('People with a ticket')],
    ['PRIVATE', t('The team alone')],
  ] as const;

/** The choices for how people get in, the usual first. */
export const approvals = () =>
  [
    ['AUTOMATIC', t('Whoever books is in')],
    ['MANUAL', t('I look at each request first')],
  ] as const;

/** Common lengths in minutes, the usual first. */
export const lengths = () =>
  [
    ['120', t('2 hours')],
    ['60', t('1 hour')],
    ['90', t('1½ hours')],
    ['180', t('3 hours')],
    ['240', t('4 hours')],
    ['360', t('6 hours')],
    ['480', t('8 hours')],
    ['1440', t('A day')],
    ['2880', t('Two days')],
    ['4320', t('Three days')],
  ] as const;

/** The choices for how often an event is repeated, as RRULE; none first. */
export const repeats = () =>
  [
    ['', t('Not at all')],
    ['FREQ=DAILY', t('Every day')],
    ['FREQ=WEEKLY', t('Every week')],
    ['FREQ=WEEKLY;INTERVAL=2', t('Every other week')],
    ['FREQ=MONTHLY', t('Every month, on the same date')],
    ['FREQ=YEARLY', t('Every year')],
  ] as const;
