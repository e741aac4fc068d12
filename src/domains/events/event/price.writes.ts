import type { Transaction } from '../../../platform/db/client.ts';

/**
 * Finds what the event shows as its price: the lowest public one that can be bought now, the highest, whether there is any,
 * and when windows of sale may change that. A row that says so already is neither written nor locked.
 * @returns whether something changed
 */
export const refreshPrice = async (tx: Pick<Transaction, '$executeRaw'>, eventId: string): Promise<boolean> => {
  const changed = await tx.$executeRaw`
    UPDATE events AS e SET price = f.price, highest_price = f.highest, is_on_sale = f.is_on_sale, is_free = f.is_free,
      price_until = f.price_until
    FROM (
      SELECT coalesce(min(price) FILTER (WHERE is_buyable), min(price) FILTER (WHERE is_public AND is_sold),
          min(price) FILTER (WHERE is_public), 0) AS price,
        max(price) FILTER (WHERE is_buyable) AS highest,
        coalesce(bool_or(is_buyable), false) AS is_on_sale,
        coalesce(max(price) FILTER (WHERE is_shown AND is_sold), max(price) FILTER (WHERE is_shown), 0) = 0 AS is_free,
        least(min(opens_at), min(closes_at), min(next_start), min(next_end)) AS price_until
      FROM (
        SELECT t.price,
          t.visibility = 'PUBLIC' AND t.status <> 'DRAFT' AS is_public,
          t.visibility <> 'HOST_ONLY' AND t.status <> 'DRAFT' AS is_shown,
          t.status IN ('ON_SALE', 'PAUSED') AS is_sold,
          t.visibility = 'PUBLIC' AND t.status = 'ON_SALE'
            AND (t.sales_start_at IS NULL OR t.sales_start_at <= now()) AND (t.sales_end_at IS NULL OR t.sales_end_at > now())
            AND (o.registration_opens_at IS NULL OR o.registration_opens_at <= now())
            AND (o.registration_closes_at IS NULL OR o.registration_closes_at > now())
            AND (t.capacity IS NULL OR t.capacity - t.held - t.sold >= t.min_per_order)
            AND (o.max_participants IS NULL OR o.max_participants - o.held - o.sold >= t.min_per_order) AS is_buyable,
          CASE WHEN o.registration_opens_at > now() THEN o.registration_opens_at END AS opens_at,
          CASE WHEN o.registration_closes_at > now() THEN o.registration_closes_at END AS closes_at,
          CASE WHEN t.sales_start_at > now() THEN t.sales_start_at END AS next_start,
          CASE WHEN t.sales_end_at > now() THEN t.sales_end_at END AS next_end
        FROM events AS o LEFT JOIN ticket_types AS t ON t.event_id = o.id WHERE o.id = ${eventId}::uuid
      ) AS types
    ) AS f
    WHERE e.id = ${eventId}::uuid
      AND (e.price, e.highest_price, e.is_on_sale, e.is_free, e.price_until)
        IS DISTINCT FROM (f.price, f.highest, f.is_on_sale, f.is_free, f.price_until)`;
  return changed === 1;
};
