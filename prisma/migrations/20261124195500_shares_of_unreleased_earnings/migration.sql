SET LOCAL lock_timeout = '5s';

-- Of which sales that wait for their event somebody has a share.
CREATE INDEX "payments_unreleased_shares_idx" ON "payments" USING gin ((commission_snapshot -> 'shares') jsonb_path_ops)
  WHERE released_at IS NULL AND captured_amount > 0;
