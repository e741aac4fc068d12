import type { PayloadOf } from '../../../../kernel/contract.ts';
import { subscriptionChanged } from '../../../payments/facts.ts';
import type { Draft } from '../draft.rules.ts';
import { inWords, rule } from '../rule.ts';

type Change = PayloadOf<typeof subscriptionChanged>;
type Words = Pick<Draft, 'type' | 'title' | 'message' | 'priority'>;

/** What subscribers must know: it runs on, it waits for money, it is over. Told once for each period and state. */
export const subscriptionRules = [
  rule(subscriptionChanged, async (change) => {
    const words = wordsFor(change);
    if (!words) return [];
    const { subscriptionId, userId, status, periodEnd } = change;
    const dedupeKey = `subscription:${subscriptionId}:${status}:${periodEnd}`;
    return [{ userId, category: 'PAYMENT', data: { subscriptionId }, dedupeKey, ...words }];
  }),
];

const wordsFor = ({ status, periodEnd, priceMinor, currency }: Change): Words | null => {
  const day = periodEnd.slice(0, 10);
  switch (status) {
    case 'ACTIVE':
      // A plan without a price runs on by itself, period after period.
      return priceMinor === 0
        ? null
        : {
            type: 'PAYMENT_COMPLETED',
            title: 'Your subscription is paid',
            message: `We received ${inWords(priceMinor, currency)}. It runs until ${day}.`,
          };
    case 'PAST_DUE':
      return {
        type: 'PAYMENT_FAILED',
        priority: 'HIGH',
        title: 'Your subscription could not be renewed',
        message: `It ran until ${day}, and ${inWords(priceMinor, currency)} did not arrive. Pay within seven days of then to keep it.`,
      };
    case 'EXPIRED':
      return {
        type: 'SYSTEM',
        title: 'Your subscription has ended',
        message: 'It was not paid in time. You may subscribe again whenever you like.',
      };
    case 'CANCELLED':
      return {
        type: 'SYSTEM',
        title: 'Your subscription has ended',
        message: 'It ended as you asked. Nothing more is charged.',
      };
    case 'TRIALING':
    case 'PAUSED':
      return null;
  }
};
