import type { Transaction } from '../../../platform/db/client.ts';
import { IS_AWAITED } from './awaited.reads.ts';
import type { Stock, StockedEvent, StockedType } from './stock.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

interface EventRow extends Omit<StockedEvent, 'policy'> {
  now: Date;
  policyName: string | null;
  policyKind: NonNullable<StockedEvent['policy']>['kind'] | null;
  policySteps: unknown;
  feesRefundable: boolean | null;
}

/** The event and its types as claims are decided from them; null when there is no such event. */
export const readStock = async (reader: Reader, eventId: string): Promise<Stock | null> => {
  const [row] = await reader.$queryRaw<EventRow[]>`
    SELECT e.id, e.host_id AS "hostId", e.category_id AS "categoryId", e.title, e.status, e.visibility,
      e.hidden_at AS "hiddenAt", e.archived_at AS "archivedAt", e.start_date AS "startDate", e.end_date AS "endDate",
      e.approval_mode AS "approvalMode", e.registration_opens_at AS "registrationOpensAt",
      e.registration_closes_at AS "registrationClosesAt", e.waitlist_enabled AS "waitlistEnabled", e.currency,
      e.max_participants AS capacity, e.held, e.sold,
      p.name AS "policyName", p.kind AS "policyKind", p.steps AS "policySteps", p.fees_refundable AS "feesRefundable",
      EXISTS (SELECT FROM event_signing_keys AS k WHERE k.event_id = e.id AND k.status = 'ACTIVE') AS "hasKey",
      EXISTS (SELECT FROM inventory_holds AS h
        WHERE h.event_id = e.id AND h.state = 'HELD' AND h.expires_at <= now()) AS "hasDeadHolds",
      now() AS now
    FROM events AS e LEFT JOIN cancellation_policies AS p ON p.id = e.cancellation_policy_id
    WHERE e.id = ${eventId}::uuid AND e.deleted_at IS NULL`;
  if (!row) return null;
  const { now, policyName, policyKind, policySteps, feesRefundable, ...event } = row;
  const policy =
    policyKind === null
      ? null
      : { name: policyName ?? '', kind: policyKind, steps: policySteps, feesRefundable: feesRefundable ?? false };
  return { now, event: { ...event, policy }, types: await readTypes(reader, eventId) };
};

const readTypes = async (reader: Reader, eventId: string): Promise<Map<string, StockedType>> => {
  const rows = await reader.$queryRaw<StockedType[]>`
    SELECT t.id, t.name, t.status, t.visibility, t.price AS "priceMinor", t.currency, t.tax_rate_id AS "taxRateId",
      t.capacity, t.held, t.sold, t.min_per_order AS "minPerOrder", t.max_per_order AS "maxPerOrder",
      t.one_active_per_user AS "oneActivePerUser", t.approval_required AS "approvalRequired",
      t.sales_start_at AS "salesStartAt", t.sales_end_at AS "salesEndAt", t.sort_order AS "sortOrder",
      ${IS_AWAITED} AS "isAwaited"
    FROM ticket_types AS t JOIN events AS e ON e.id = t.event_id WHERE e.id = ${eventId}::uuid ORDER BY t.id`;
  return new Map(rows.map((row) => [row.id, row]));
};
