import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** What of a subscription became income, by the end of each month in milliseconds. Minor units. */
export const earnedOf = async (reader: Reader, subscriptionId: string): Promise<Map<number, bigint>> => {
  const rows = await reader.$queryRaw<{ end: string; amount: bigint }[]>`
    SELECT substr(t.source_id, 38) AS end, -e.amount AS amount
    FROM transactions AS t
    JOIN ledger_entries AS e ON e.journal_id = t.id
    JOIN ledger_accounts AS a ON a.id = e.account_id AND a.kind = 'SUBSCRIPTION_DEFERRED'
    WHERE t.source_type = 'SUBSCRIPTION' AND t.kind = 'SUBSCRIPTION'
      AND t.source_id >= ${`${subscriptionId}:`} AND t.source_id < ${`${subscriptionId};`}`;
  return new Map(rows.map(({ end, amount }) => [new Date(end).getTime(), amount]));
};

/** Subscriptions that were paid for within the longest interval, and a month: in the order of their ids. */
export const subscriptionsPaid = (
  reader: Reader,
  { since, after, limit }: { since: Date; after: string; limit: number },
): Promise<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM subscriptions AS s
    WHERE s.id > ${after}::uuid AND s.price > 0 AND s.current_period_end > ${since}
      AND EXISTS (SELECT 1 FROM payments AS p WHERE p.subscription_id = s.id AND p.captured_amount > 0)
    ORDER BY s.id LIMIT ${limit}`;
