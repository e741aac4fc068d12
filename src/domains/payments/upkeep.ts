import type { Upkeep } from '../../kernel/upkeep.ts';

/** Compares what the ledger and payments add up. Only their own triggers may write it: a difference is told, never repaired. */
export const paymentsUpkeep: Upkeep = {
  recounts: [
    {
      table: 'ledger_accounts',
      key: { id: 'uuid' },
      columns: ['posted', 'version', 'pending_debit'],
      truth: `
        SELECT (SELECT coalesce(sum(amount), 0)::bigint FROM ledger_entries WHERE account_id = kept.id) AS posted,
          (SELECT count(*) FROM ledger_entries WHERE account_id = kept.id) AS version,
          (SELECT coalesce(sum(h.amount), 0)::bigint FROM wallet_holds AS h JOIN wallets AS w ON w.id = h.wallet_id
           WHERE w.ledger_account_id = kept.id AND h.state = 'PENDING') AS pending_debit`,
      isRepaired: false,
    },
    {
      table: 'payments',
      key: { id: 'uuid' },
      columns: ['refunded_amount', 'disputed_amount'],
      truth: `
        SELECT (SELECT coalesce(sum(amount), 0)::bigint FROM refunds
                WHERE payment_id = kept.id AND status <> 'FAILED') AS refunded_amount,
          (SELECT coalesce(sum(amount), 0)::bigint FROM disputes
           WHERE payment_id = kept.id AND status IN ('OPENED', 'EVIDENCE_SUBMITTED', 'LOST')) AS disputed_amount`,
      isRepaired: false,
    },
  ],
  notRecounted: {
    'payments.captured_amount': 'filled from the amount by a trigger; the provider’s word afterwards',
    'ledger_entries.balance_after': 'append-only, and compared as the sum of the account',
  },
  retention: [
    {
      // Card networks allow disputes for up to 540 days, but settled calls are evidence for little after the first year.
      name: 'calls of payment providers',
      table: 'payment_webhook_events',
      keepDays: 400,
      where: `kept.status IN ('PROCESSED', 'IGNORED') AND kept.received_at < $1`,
    },
  ],
  dailyNumbers: [{ name: 'payments.captured', table: 'payments', at: 'completed_at', sum: 'captured_amount' }],
};
