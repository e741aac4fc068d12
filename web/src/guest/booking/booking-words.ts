import type { Output } from '../../../../src/sdk/index.ts';
import { t } from '../../words.ts';

type BookingStatus = Output<'booking.get'>['status'];
type Payment = Output<'payment.get'>;

export interface Said {
  word: string;
  tone: '' | 'good' | 'warm' | 'bad';
}

/** Gives the state of a booking in a word. */
export const bookingWord = (status: BookingStatus): Said => {
  switch (status) {
    case 'CONFIRMED':
      return { word: t('Confirmed'), tone: 'good' };
    case 'HELD':
      return { word: t('Kept for you'), tone: 'warm' };
    case 'AWAITING_PAYMENT':
      return { word: t('Waits to be paid'), tone: 'warm' };
    case 'REQUESTED':
      return { word: t('Waits for the host'), tone: '' };
    case 'REJECTED':
      return { word: t('Not accepted'), tone: 'bad' };
    case 'WITHDRAWN':
      return { word: t('Taken back'), tone: '' };
    case 'EXPIRED':
      return { word: t('Not paid in time'), tone: 'bad' };
    default:
      return { word: t('Given back'), tone: '' };
  }
};

/** Gives the state of a payment in a word. */
export const paymentWord = (status: Payment['status']): Said => {
  switch (status) {
    case 'COMPLETED':
      return { word: t('Paid'), tone: 'good' };
    case 'PARTIALLY_REFUNDED':
      return { word: t('Partly paid back'), tone: '' };
    case 'REFUNDED':
      return { word: t('Paid back'), tone: '' };
    case 'FAILED':
      return { word: t('Did not go through'), tone: 'bad' };
    case 'CANCELLED':
      return { word: t('Given up'), tone: '' };
    case 'DISPUTED':
    case 'DISPUTE_LOST':
    case 'DISPUTE_WON':
      return { word: t('Disputed at the bank'), tone: 'warm' };
    default:
      return { word: t('Under way'), tone: 'warm' };
  }
};

/** Why a payment failed, and what now. */
export const failureWords = (code: NonNullable<Payment['failure']>['code']): string => {
  switch (code) {
    case 'DECLINED':
      return t('Your bank declined the payment. Nothing was charged. Try again, or another card.');
    case 'INSUFFICIENT_FUNDS':
      return t('There is not enough money on that card. Nothing was charged. Try another one.');
    case 'EXPIRED_CARD':
      return t('That card has expired. Nothing was charged. Try another one.');
    case 'AUTHENTICATION_FAILED':
      return t('Your bank could not be sure that it is you. Nothing was charged. Try again.');
    default:
      return t('The payment did not go through. Nothing was charged. Try again.');
  }
};
