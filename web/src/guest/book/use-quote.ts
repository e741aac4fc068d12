import { useEffect, useRef, useState } from 'preact/hooks';
import { type Input, type Output, RallyError } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { t } from '../../words.ts';

export interface Quoted {
  /** The last price that was told; null before the first, and while nothing is chosen. */
  quote: Output<'booking.quote'> | null;
  /** Why the last question was refused. */
  error: RallyError | null;
  /** The price that is shown is of an earlier choice. */
  isStale: boolean;
}

const NOTHING: Quoted = { quote: null, error: null, isStale: false };

/** Choices come in runs: what is asked once they pause is enough. */
const PAUSE_MS = 150;

/** The price of what is chosen, asked anew with each choice and each time `seats` says that others booked. */
export const useQuote = (order: Input<'booking.quote'> | null, seats: number): Quoted => {
  const key = JSON.stringify(order);
  const [quoted, setQuoted] = useState<Quoted>(NOTHING);
  const question = useRef(0);
  useEffect(() => {
    question.current += 1;
    const mine = question.current;
    if (order === null) {
      setQuoted(NOTHING);
      return undefined;
    }
    setQuoted((before) => ({ ...before, isStale: true }));
    const timer = setTimeout(() => {
      client.call('booking.quote', order).then(
        (quote) => mine === question.current && setQuoted({ quote, error: null, isStale: false }),
        (thrown: unknown) => {
          if (!(thrown instanceof RallyError)) throw thrown;
          if (mine === question.current) setQuoted((before) => ({ ...before, error: thrown, isStale: false }));
        },
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key, seats]);
  return quoted;
};

/** The fault of the code, when the code is to blame. */
export const codeProblemOf = ({ error }: Quoted): string | undefined => {
  if (error?.code === 'PROMO_INVALID')
    return t('This code does not work here. Check its spelling, or go on without it.');
  if (error?.code === 'PROMO_EXHAUSTED') return t('This code has been used up. You can go on without it.');
  return error?.issues.find(({ path }) => path === 'promoCode')?.message;
};
