import type { PaymentMethod } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { paymentRequested } from '../facts.ts';
import { openingOf } from '../payment/opening.rules.ts';
import type { Standing } from './standing.rules.ts';
import { chargesSince, findOpenCharge, type SubscriptionRow } from './subscription.reads.ts';

const DAY_MS = 24 * 3_600_000;
/** Money is asked for this long before what was paid has passed. */
export const AHEAD_MS = DAY_MS;
/** After an attempt that came to nothing it is asked for again: so long after the first time. */
const AGAIN_AFTER_MS = [0, DAY_MS, 3 * DAY_MS, 5 * DAY_MS];

export interface Charge {
  /** `config.payments`: which provider takes it. */
  settings: PaymentSettings;
  subscription: SubscriptionRow;
  standing: Standing;
  /** How; as the last time when absent. */
  method?: PaymentMethod;
  /** Its owner asks: the next attempt is due now. */
  isAsked?: boolean;
  now: Date;
}

/**
 * Opens a payment when one is due and none is open. Its payer is shown it and decides; its provider is called by a job.
 * @param charge its subscription is locked
 * @returns whether a payment was opened
 */
export const chargeWhenDue = async (tx: Transaction, record: RecordFact, charge: Charge): Promise<boolean> => {
  const { subscription, standing, now } = charge;
  const dueAt = dueFrom(subscription, standing);
  if (dueAt === null || now < dueAt) return false;
  if ((await findOpenCharge(tx, subscription.id)) !== null) return false;
  const tried = await chargesSince(tx, subscription.id, dueAt);
  if (!(charge.isAsked ?? false) && !isNextDue(tried, now)) return false;
  await openCharge(tx, record, { ...charge, method: charge.method ?? tried[0]?.method ?? 'CARD' });
  return true;
};

/** From when on money is asked for; null when none is. */
const dueFrom = ({ price, cancelAtPeriodEnd, createdAt }: SubscriptionRow, standing: Standing): Date | null => {
  if (price === 0n || cancelAtPeriodEnd || standing.status === 'CANCELLED' || standing.status === 'EXPIRED')
    return null;
  return standing.paidThrough === null ? createdAt : new Date(standing.paidThrough.getTime() - AHEAD_MS);
};

const isNextDue = (tried: { createdAt: Date }[], now: Date): boolean => {
  const first = tried.at(-1);
  if (first === undefined) return true;
  const waitMs = AGAIN_AFTER_MS[tried.length];
  return waitMs !== undefined && now.getTime() >= first.createdAt.getTime() + waitMs;
};

const openCharge = async (
  tx: Transaction,
  record: RecordFact,
  { settings, subscription, method, now }: Charge & { method: PaymentMethod },
): Promise<void> => {
  const id = newId();
  const { clientAction, ...opening } = openingOf(settings, id);
  const { userId, id: subscriptionId, price: amount, currency } = subscription;
  await tx.payment.create({
    data: {
      ...{ id, userId, subscriptionId, method, amount, currency, createdAt: now, purpose: 'SUBSCRIPTION' },
      ...opening,
      ...(clientAction === null ? {} : { clientAction: { ...clientAction } }),
    },
    select: { id: true },
  });
  await record(paymentRequested, { paymentId: id });
};
