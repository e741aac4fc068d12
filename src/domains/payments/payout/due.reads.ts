import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';

/** Rows taken up in one turn; the rest wait for the next, those who wait longest come first. */
const BATCH = 100;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Calls end within 30 s: one that is older was not answered. */
const UNANSWERED_AFTER_MS = 2 * MINUTE_MS;
/** For so long after it was paid a bank may still send money back. */
const RETURNS_WITHIN_MS = 30 * DAY_MS;

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** Payouts whose provider may know more than we do: those without an answer often, those on their way seldom. */
export const payoutsToAskAbout = (database: Database, now: Date, providers: PaymentProvider[]) =>
  database.payout.findMany({
    where: {
      provider: { in: providers },
      OR: [
        { status: 'SUBMITTING', updatedAt: { lt: before(now, UNANSWERED_AFTER_MS) } },
        { status: 'UNKNOWN', updatedAt: { lt: before(now, 30 * SECOND_MS) } },
        { status: 'IN_TRANSIT', updatedAt: { lt: before(now, 30 * MINUTE_MS) } },
        { status: 'PAID', paidAt: { gt: before(now, RETURNS_WITHIN_MS) }, updatedAt: { lt: before(now, DAY_MS) } },
      ],
    },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
  });

/** Payouts whose turn was lost on the way to a worker. */
export const forgottenPayouts = (database: Database, now: Date, providers: PaymentProvider[]) =>
  database.payout.findMany({
    where: { status: 'LOCKED', provider: { in: providers }, updatedAt: { lt: before(now, MINUTE_MS) } },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
    select: { id: true },
  });

/** Payouts that the platform itself holds; what people hold, people let go. */
export const heldPayouts = (database: Database, now: Date) =>
  database.payout.findMany({
    where: {
      status: 'ON_HOLD',
      holdReason: { in: ['ACCOUNT_CHANGED', 'KYC_MISSING', 'MASS_REFUND'] },
      updatedAt: { lt: before(now, 10 * MINUTE_MS) },
    },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
    select: { id: true, hostId: true, accountId: true },
  });

/** Whose earnings could be sent: something is available, and a verified default account waits for it. */
export interface Payable {
  /** The host's ledger account. */
  id: string;
  hostId: string;
  currency: string;
  accountId: string;
}

/**
 * In the order of ledger accounts. Left out are those whose bank sent money back, until details were changed or something
 * arrived there after it: what came back once would come back every time.
 * @param changedBefore accounts changed later are still cooling down
 */
export const payableHosts = (
  reader: Pick<Transaction, '$queryRaw'>,
  { after, changedBefore, limit }: { after: string; changedBefore: Date; limit: number },
): Promise<Payable[]> =>
  reader.$queryRaw<Payable[]>`
    SELECT a.id, a.owner_id AS "hostId", a.currency, p.id AS "accountId"
    FROM ledger_accounts AS a
    JOIN payout_accounts AS p ON p.user_id = a.owner_id AND p.currency = a.currency
      AND p.is_default AND p.disabled_at IS NULL AND p.status = 'VERIFIED' AND p.details_changed_at <= ${changedBefore}
    WHERE a.kind = 'HOST_AVAILABLE' AND a.posted > 0 AND a.id > ${after}::uuid
      AND NOT EXISTS (
        SELECT 1 FROM payouts AS r WHERE r.account_id = p.id AND r.status = 'RETURNED' AND r.returned_at > p.details_changed_at
          AND NOT EXISTS (
            SELECT 1 FROM payouts AS s WHERE s.account_id = p.id AND s.status = 'PAID' AND s.paid_at > r.returned_at))
    ORDER BY a.id LIMIT ${limit}`;
