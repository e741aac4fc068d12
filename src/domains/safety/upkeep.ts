import type { Upkeep } from '../../kernel/upkeep.ts';

/** Keeps cases of moderation, and shreds the evidence of closed ones. */
export const safetyUpkeep: Upkeep = {
  recounts: [
    {
      table: 'moderation_cases',
      key: { id: 'uuid' },
      columns: ['report_count'],
      truth: `SELECT count(*)::int AS report_count FROM reports WHERE case_id = kept.id`,
    },
  ],
  notRecounted: {
    'trust_scores.strikes': 'depends on the time at which it is read; recomputed from the actions with every decision',
  },
  retention: [
    {
      name: 'evidence of closed cases',
      table: 'reports',
      keepDays: 0,
      where: `kept.evidence IS NOT NULL AND EXISTS (SELECT FROM moderation_cases AS decided WHERE decided.id = kept.case_id
        AND decided.status = 'CLOSED' AND decided.retain_evidence_until < $1)`,
      empty: 'evidence = NULL',
    },
  ],
};
