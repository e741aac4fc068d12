import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Database } from '../../../platform/db/client.ts';

/** Rows taken up in one turn; the rest wait for the next, those who wait longest come first. */
const BATCH = 100;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long something may rest before its provider is asked. */
export const ASK_AFTER_MS = 2 * MINUTE_MS;
/** Payments are given up after this long. */
export const GIVE_UP_AFTER_MS = 24 * HOUR_MS;
/** Older ones are asked about this often only. */
const ASK_RARELY_AFTER_MS = HOUR_MS;
const RARELY_MS = 30 * MINUTE_MS;
/** Later nobody expects money any more. */
const FORGET_AFTER_MS = 30 * GIVE_UP_AFTER_MS;
/** A provider that could not be told for so long will not be told any more. */
export const UNSUBMITTED_AFTER_MS = 30 * MINUTE_MS;

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** Payments that their provider was not told of, or did not answer about. */
export const unsubmittedPayments = (database: Database, now: Date, providers: PaymentProvider[]) =>
  database.payment.findMany({
    where: { status: 'PENDING', provider: { in: providers }, updatedAt: { lt: before(now, MINUTE_MS) } },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
  });

/** Payments whose provider may know more than we do: young ones often, old ones seldom. */
export const restingPayments = (database: Database, now: Date, providers: PaymentProvider[]) =>
  database.payment.findMany({
    where: {
      provider: { in: providers },
      providerPaymentId: { not: null },
      status: { in: ['REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED', 'FAILED'] },
      createdAt: { gt: before(now, FORGET_AFTER_MS) },
      OR: [
        { createdAt: { gt: before(now, ASK_RARELY_AFTER_MS) }, updatedAt: { lt: before(now, ASK_AFTER_MS) } },
        { updatedAt: { lt: before(now, RARELY_MS) } },
      ],
    },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
  });

/** Payments that wait for their payer, who has gone. What is under way at the provider may take days. */
export const abandonedPayments = (database: Database, now: Date, providers: PaymentProvider[]) =>
  database.payment.findMany({
    where: {
      provider: { in: providers },
      status: { in: ['PENDING', 'REQUIRES_ACTION'] },
      createdAt: { lt: before(now, GIVE_UP_AFTER_MS) },
    },
    orderBy: { createdAt: 'asc' },
    take: BATCH,
  });

/** Captured payments whose provider has not said yet what it keeps. */
export const feelessPayments = (database: Database, now: Date, providers: PaymentProvider[]) =>
  database.payment.findMany({
    where: {
      provider: { in: providers },
      providerPaymentId: { not: null },
      providerFeeAmount: null,
      completedAt: { gt: before(now, 7 * GIVE_UP_AFTER_MS) },
      updatedAt: { lt: before(now, RARELY_MS) },
    },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
  });

/** Refunds that have not settled, with their payments; those of payments from a wallet, which ask no provider, among them. */
export const restingRefunds = (database: Database, now: Date, providers: PaymentProvider[]) =>
  database.refund.findMany({
    where: {
      status: { in: ['REQUESTED', 'SUBMITTED', 'UNKNOWN'] },
      payment: { provider: { in: [...providers, 'INTERNAL'] } },
      updatedAt: { lt: before(now, MINUTE_MS) },
    },
    include: { payment: true },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
  });

export interface Owed {
  id: string;
  paymentId: string;
  provider: PaymentProvider;
}

/**
 * Refunds that failed and are owed, whose payment has something left: a difference about each is open. The first is tried
 * again after an hour, and each that failed before it doubles the wait, up to a day; after a month a person has to help.
 */
export const owedRefunds = (database: Pick<Database, '$queryRaw'>, now: Date): Promise<Owed[]> =>
  database.$queryRaw<Owed[]>`
    SELECT r.id, r.payment_id AS "paymentId", p.provider
    FROM reconciliation_breaks AS k JOIN refunds AS r ON r.payment_id = k.payment_id AND r.id::text = k.reference
      JOIN payments AS p ON p.id = r.payment_id
    WHERE k.status = 'OPEN' AND r.status = 'FAILED' AND p.captured_amount > p.refunded_amount + p.disputed_amount
      AND p.completed_at > ${before(now, FORGET_AFTER_MS)}
      AND r.updated_at < ${before(now, HOUR_MS)} AND r.updated_at < ${now}::timestamptz - least(interval '1 day', interval '30 minutes' * 2 ^ (
        SELECT least(count(*), 10) FROM refunds AS f WHERE f.payment_id = p.id AND f.status = 'FAILED'))
    ORDER BY r.updated_at LIMIT ${BATCH}`;

/** Webhooks about something we did not know when they came. */
export const waitingWebhooks = (database: Database, now: Date) =>
  database.paymentWebhookEvent.findMany({
    where: { status: 'RECEIVED', processedAt: { lt: before(now, MINUTE_MS) } },
    orderBy: { processedAt: 'asc' },
    take: BATCH,
  });
