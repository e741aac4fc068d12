import type { z } from 'zod';
import { wireMoney } from '../money/wire.rules.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import { presentPayment } from '../payment/present.ts';
import type { Subscription } from './contract.ts';
import type { Standing } from './standing.rules.ts';
import type { SubscriptionRow } from './subscription.reads.ts';

interface Shown {
  subscription: SubscriptionRow;
  standing: Standing;
  open: PaymentRow | null;
}

export const presentSubscription = ({ subscription, standing, open }: Shown): z.input<typeof Subscription> => ({
  id: subscription.id,
  planId: subscription.planId,
  status: standing.status,
  price: wireMoney(subscription.price, subscription.currency),
  trialEndsAt: subscription.trialEndsAt?.toISOString() ?? null,
  paidThrough: standing.paidThrough?.toISOString() ?? null,
  isEntitled: standing.isEntitled,
  cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
  openPayment: open && presentPayment(open),
  createdAt: subscription.createdAt.toISOString(),
});
