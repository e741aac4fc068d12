import { openQueue, type QueueName } from '../../../src/platform/jobs/queue.ts';
import { createLog } from '../../../src/platform/log.ts';
import { until } from '../../support/until.ts';
import { TOLD } from './contradictions.ts';
import type { Stage } from './stage.ts';
import type { Time } from './time.ts';

/** What is still under way; each query counts rows. */
const UNDER_WAY: readonly (readonly [name: string, query: string])[] = [
  ['facts to be told', 'SELECT id FROM outbox_events WHERE relayed_at IS NULL'],
  ['live bookings', "SELECT id FROM bookings WHERE status IN ('HELD', 'AWAITING_PAYMENT')"],
  ['refunds', "SELECT id FROM refunds WHERE status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN')"],
  ['payments not told', "SELECT id FROM payments WHERE status = 'PENDING'"],
  [
    'payments that were told of without an invoice',
    `SELECT p.id FROM payments AS p LEFT JOIN invoices AS i ON i.payment_id = p.id WHERE i.id IS NULL AND ${TOLD}`,
  ],
  [
    'settled refunds of such payments without a credit note',
    `SELECT r.id FROM refunds AS r JOIN payments AS p ON p.id = r.payment_id LEFT JOIN invoices AS i ON i.refund_id = r.id
     WHERE r.status = 'SETTLED' AND i.id IS NULL AND ${TOLD}`,
  ],
  [
    'captured payments that nothing came of',
    `SELECT p.id FROM payments AS p JOIN bookings AS b ON b.id = p.booking_id
     WHERE p.captured_amount > 0 AND p.refunded_amount < p.captured_amount
       AND b.price_snapshot->>'paidBy' IS DISTINCT FROM p.id::text`,
  ],
];

const QUEUES: readonly QueueName[] = ['commits', 'grouped', 'facts', 'jobs'];

/**
 * Lets time pass until nothing moves any more.
 * @throws Error naming what still does
 */
export const untilQuiet = async (stage: Stage, time: Time, withinMs: number): Promise<void> => {
  let seen: string[] = ['everything'];
  let lookedAt = 0;
  const look = async (): Promise<boolean> => {
    if (performance.now() - lookedAt < 1_000) return false;
    await time.endHolds();
    await time.letRest();
    seen = await underWay(stage);
    lookedAt = performance.now();
    return seen.length === 0;
  };
  await until(look, { withinMs }).catch(async (error: unknown) => {
    const letters = await stage.database.deadLetter.findMany({ take: 5 });
    const given = letters.map(({ reference, error: why }) => `${reference}: ${why.slice(0, 500)}`);
    throw new Error([`still under way: ${seen.join(', ')}`, ...given].join('\n'), { cause: error });
  });
};

const underWay = async (stage: Stage): Promise<string[]> => {
  const { database, redis } = stage;
  const found: string[] = [];
  for (const [name, query] of UNDER_WAY) {
    const rows = await database.$queryRawUnsafe<{ id: string }[]>(query);
    if (rows.length > 0) found.push(`${rows.length} ${name} (${rows[0]?.id})`);
  }
  for (const name of QUEUES) {
    const queue = openQueue(name, redis, createLog('silent'));
    const jobs = await queue.getJobs(['waiting', 'active', 'delayed', 'prioritized']);
    const owed = jobs.filter((job) => job && job.repeatJobKey === undefined && job.name !== 'reconciliation.reconcile');
    if (owed.length > 0) found.push(`${owed.length} jobs in ${name} (${owed[0]?.name})`);
  }
  const unheard = await unheardOf(stage);
  if (unheard.length > 0) found.push(`${unheard.length} payments that were made and not heard of (${unheard[0]})`);
  return found;
};

/** Payments of which the sandbox has taken money and we do not know it. */
const unheardOf = async ({ database, sandbox }: Stage): Promise<string[]> => {
  const rows = await database.payment.findMany({ where: { capturedAmount: 0, providerPaymentId: { not: null } } });
  const unheard: string[] = [];
  for (const { id, providerPaymentId } of rows) {
    if ((await sandbox.payment(providerPaymentId ?? ''))?.status === 'CAPTURED') unheard.push(id);
  }
  return unheard;
};
