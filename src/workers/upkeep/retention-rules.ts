import type { RetentionRule } from '../../platform/upkeep/retention.ts';

const DONE_WITH = `status IN ('SUCCEEDED', 'FAILED', 'CANCELLED')`;

/**
 * What is deleted because it has served its purpose. Sessions and refresh tokens are the identity domain's, answers and
 * relayed facts go by the minute (`sweep.job.ts`), whole months of logs by partition (`months.job.ts`).
 */
export const retentionRules: RetentionRule[] = [
  { name: 'faults not seen any more', table: 'error_logs', keepDays: 90, where: 'kept.last_seen_at < $1' },
  {
    name: 'finished pieces of work',
    table: 'background_jobs',
    keepDays: 30,
    where: `kept.${DONE_WITH} AND coalesce(kept.finished_at, kept.updated_at) < $1`,
  },
  {
    name: 'webhook deliveries',
    table: 'webhook_deliveries',
    keepDays: 30,
    where: `kept.status <> 'PENDING' AND kept.created_at < $1`,
  },
  {
    // Card networks allow disputes for up to 540 days, but settled calls are evidence for little after the first year.
    name: 'calls of payment providers',
    table: 'payment_webhook_events',
    keepDays: 400,
    where: `kept.status IN ('PROCESSED', 'IGNORED') AND kept.received_at < $1`,
  },
  { name: 'messages to many', table: 'notification_queue', keepDays: 90, where: 'kept.finished_at < $1' },
  { name: 'stories', table: 'stories', keepDays: 7, where: 'kept.expires_at < $1' },
  { name: 'endpoints that are gone', table: 'device_tokens', keepDays: 30, where: 'kept.invalidated_at < $1' },
  { name: 'mutes that ended', table: 'blocks', keepDays: 1, where: 'kept.expires_at < $1' },
  {
    name: 'hours of the dashboard',
    table: 'dashboard_stats',
    keepDays: 35,
    where: `kept.period = 'HOUR' AND kept.period_start < $1`,
  },
  // Rows whose id is of no month, so that no partition takes them away.
  { name: 'sign-ins of no month', table: 'login_history_default', keepDays: 365, where: 'kept.created_at < $1' },
  { name: 'visits of no month', table: 'activity_logs_default', keepDays: 400, where: 'kept.created_at < $1' },
  {
    name: 'evidence of closed cases',
    table: 'reports',
    keepDays: 0,
    where: `kept.evidence IS NOT NULL AND EXISTS (SELECT FROM moderation_cases AS decided WHERE decided.id = kept.case_id
      AND decided.status = 'CLOSED' AND decided.retain_evidence_until < $1)`,
    empty: 'evidence = NULL',
  },
];
