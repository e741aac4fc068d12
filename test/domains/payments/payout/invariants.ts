import { expect } from 'vitest';
import { findHostBreaks } from '../../../../src/domains/payments/earning/host-breaks.reads.ts';
import { balancesOf } from '../../../../src/domains/payments/payout/balances.reads.ts';
import type { Books } from '../support/books.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import type { PayoutWorld } from './world.ts';

/** Rows that contradict a promise of payouts; each query finds none. */
const CONTRADICTIONS: [promise: string, query: string][] = [
  [
    'Y1 what an earning brought one person is in one payout at most that has not failed or come back',
    `SELECT i.journal_id FROM payout_items AS i JOIN payouts AS p ON p.id = i.payout_id
     WHERE p.status NOT IN ('FAILED', 'RETURNED') GROUP BY i.journal_id, p.host_id HAVING count(*) > 1`,
  ],
  [
    'Y1 items are free exactly when their payout failed or came back',
    `SELECT i.id FROM payout_items AS i JOIN payouts AS p ON p.id = i.payout_id
     WHERE (i.state = 'FREED') <> (p.status IN ('FAILED', 'RETURNED')) OR (i.state = 'PAID') <> (p.status = 'PAID')`,
  ],
  [
    'Y1 an item is of whom its payout is',
    'SELECT i.id FROM payout_items AS i JOIN payouts AS p ON p.id = i.payout_id WHERE i.host_id <> p.host_id',
  ],
  [
    'Y2 a payout is the sum of its items, in their currency',
    `SELECT p.id FROM payouts AS p JOIN payout_items AS i ON i.payout_id = p.id
     GROUP BY p.id HAVING sum(i.amount) <> p.amount OR bool_or(i.currency <> p.currency)`,
  ],
  [
    'Y2 an item is what its journal moved',
    `SELECT i.id FROM payout_items AS i JOIN payouts AS p ON p.id = i.payout_id WHERE i.amount <> (
       SELECT sum(e.amount) FROM ledger_entries AS e JOIN ledger_accounts AS a ON a.id = e.account_id
       WHERE e.journal_id = i.journal_id AND a.kind = 'HOST_AVAILABLE' AND a.owner_id = p.host_id)`,
  ],
  [
    'Y2 what co-hosts were given of a release is their share of what the host did not owe, to the minor unit',
    `WITH released AS (
       SELECT t.id, p.commission_snapshot AS snapshot, (p.commission_snapshot ->> 'hostId')::uuid AS host_id, a.owner_id, a.kind, e.amount
       FROM transactions AS t JOIN payments AS p ON t.source_type = 'PAYMENT' AND t.source_id = p.id::text
         JOIN ledger_entries AS e ON e.journal_id = t.id JOIN ledger_accounts AS a ON a.id = e.account_id
       WHERE t.kind = 'RELEASE'),
     rests AS (
       SELECT id, snapshot, -sum(amount) FILTER (WHERE kind = 'HOST_PENDING')
         - coalesce(sum(amount) FILTER (WHERE kind = 'HOST_RECEIVABLE' AND owner_id = host_id), 0) AS rest
       FROM released GROUP BY id, snapshot),
     parts AS (SELECT id, owner_id, sum(amount) AS part FROM released WHERE kind <> 'HOST_PENDING' AND owner_id <> host_id GROUP BY 1, 2),
     shares AS (
       SELECT r.id, r.rest, (s ->> 'userId')::uuid AS owner_id, (s ->> 'basisPoints')::bigint AS points
       FROM rests AS r CROSS JOIN LATERAL jsonb_array_elements(r.snapshot -> 'shares') AS s)
     SELECT coalesce(shares.id, parts.id), part, rest, points FROM shares FULL JOIN parts USING (id, owner_id)
     WHERE points IS NULL OR abs(coalesce(part, 0) * 10000 - rest * points) >= 10000`,
  ],
  [
    'Y4 what was booked out is out exactly while the payout is: every compensation counts',
    `SELECT p.id, p.status, coalesce(sum(e.amount), 0) FROM payouts AS p
     LEFT JOIN transactions AS t ON t.source_type = 'PAYOUT' AND split_part(t.source_id, ':', 1) = p.id::text
     LEFT JOIN (SELECT e.journal_id, e.amount FROM ledger_entries AS e JOIN ledger_accounts AS a
       ON a.id = e.account_id AND a.kind = 'HOST_AVAILABLE') AS e ON e.journal_id = t.id
     GROUP BY p.id HAVING coalesce(sum(e.amount), 0) <>
       CASE WHEN p.status IN ('SUBMITTING', 'UNKNOWN', 'IN_TRANSIT', 'PAID') THEN -p.amount ELSE 0 END`,
  ],
  [
    'Y4 what is in transit by the books is what payouts say',
    `SELECT 1 FROM (SELECT coalesce((SELECT posted FROM ledger_accounts WHERE kind = 'PAYOUT_IN_TRANSIT'), 0) AS booked,
       (SELECT coalesce(sum(amount), 0) FROM payouts WHERE status IN ('SUBMITTING', 'UNKNOWN', 'IN_TRANSIT')) AS said) AS sums
     WHERE booked <> said`,
  ],
  [
    'what the platform bears of its codes is what they took off, less what refunds and disputes took back',
    `WITH taken AS (
       SELECT p.id, p.captured_amount AS captured, coalesce((p.commission_snapshot ->> 'platformDiscountMinor')::bigint, 0) AS discount,
         coalesce((SELECT sum(amount) FROM refunds WHERE payment_id = p.id AND status = 'SETTLED'), 0) AS refunded,
         coalesce((SELECT sum(amount) FROM disputes WHERE payment_id = p.id AND status IN ('OPENED', 'EVIDENCE_SUBMITTED', 'LOST')), 0) AS disputed
       FROM payments AS p)
     SELECT borne, booked FROM (SELECT
       (SELECT coalesce(sum(discount - floor(discount * refunded / captured) - floor(discount * disputed / captured)), 0) FROM taken) AS borne,
       (SELECT coalesce(-sum(posted), 0) FROM ledger_accounts WHERE kind = 'PROMO_EXPENSE') AS booked) AS sums
     WHERE borne <> booked`,
  ],
  [
    'Y5 nothing became available before the event’s end and the holdback',
    `SELECT t.id FROM transactions AS t JOIN payments AS p ON p.id::text = t.source_id JOIN events AS e ON e.id = p.event_id
     WHERE t.kind = 'RELEASE' AND t.event_at < e.end_date + interval '7 days'`,
  ],
];

/** Looks for every contradiction at once, in our database and between it and the provider. */
export const expectTruePayouts = async ({ books, transfers }: PayoutWorld): Promise<void> => {
  const found: [string, unknown[]][] = [];
  for (const [promise, query] of CONTRADICTIONS) {
    const { rows } = await books.sql.query(query);
    if (rows.length > 0) found.push([promise, rows]);
  }
  const payoutsSent = transfers.sent.filter(({ status }) => status !== 'FAILED').map(({ key }) => key.split(':')[0]);
  const twice = payoutsSent.filter((id, place) => payoutsSent.indexOf(id) !== place);
  if (twice.length > 0) found.push(['Y3 nothing is sent twice, under whatever key', twice]);
  const gone = await books.sql.query(`SELECT id, attempt FROM payouts WHERE status = 'FAILED'`);
  const live = gone.rows.filter((row) =>
    transfers.sent.some(({ key, status }) => status !== 'FAILED' && key === `${row.id}:${row.attempt}`),
  );
  if (live.length > 0) found.push(['Y7 no payout fails while its money is on its way', live]);
  const breaks = await findHostBreaks(books.database, 10);
  if (breaks.length > 0) found.push(['Y6 what hosts earned is pending, available, in transit or paid', breaks]);
  const [seen, booked] = [await pendingSeen(books), await pendingBooked(books)];
  if (seen !== booked) found.push(['Y6 what all see as pending is what the books hold', [{ seen, booked }]]);
  expect(found).toEqual([]);
  await expectTrueBooks(books.sql);
};

const pendingSeen = async ({ database, people }: Books): Promise<bigint> => {
  const balances = await Promise.all(people.map((userId) => balancesOf(database, userId)));
  return balances.flat().reduce((sum, { pendingMinor }) => sum + pendingMinor, 0n);
};

const pendingBooked = async ({ database }: Books): Promise<bigint> => {
  const { _sum } = await database.ledgerAccount.aggregate({ where: { kind: 'HOST_PENDING' }, _sum: { posted: true } });
  return _sum.posted ?? 0n;
};
