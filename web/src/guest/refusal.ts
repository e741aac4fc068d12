import { RallyError } from '../../../src/sdk/index.ts';
import { t } from '../words.ts';

/** Words for the refusals that a guest meets: what happened and what one can do now. */
const sentenceOf = (code: RallyError['code']): string | undefined => {
  switch (code) {
    case 'SOLD_OUT':
      return t(
        'Somebody was quicker: not that many seats are left. Choose fewer, another kind of ticket, or wait in line.',
      );
    case 'SALE_CLOSED':
      return t('These tickets are not on sale at the moment. Nothing was booked.');
    case 'ALREADY_BOOKED':
      return t('You have such a ticket already, and there is one for each person.');
    case 'PROMO_INVALID':
      return t('This code does not work here. Check its spelling, or go on without it.');
    case 'PROMO_EXHAUSTED':
      return t('This code has been used up. You can go on without it.');
    case 'HOLD_EXPIRED':
      return t('The time to pay is over and the seats are free again. Nothing was charged. You can choose again.');
    case 'OFFER_EXPIRED':
      return t('The offer has ended and the seats went to the next in line.');
    default:
      return undefined;
  }
};

/** Does something; where it is refused for a reason that guests meet, says so in their words. @throws RallyError */
export const inGuestWords = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof RallyError)) throw thrown;
    const message = sentenceOf(thrown.code);
    if (message === undefined) throw thrown;
    const { code, retryable } = thrown;
    throw new RallyError({ code, message, retryable });
  }
};
