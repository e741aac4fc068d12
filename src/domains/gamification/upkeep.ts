import type { Upkeep } from '../../kernel/upkeep.ts';

/** Leaderboards that are still open and whose score is a sum of points, whoever takes part in them. */
const openBoard = `
  EXISTS (SELECT FROM leaderboards AS board WHERE board.id = kept.leaderboard_id
    AND board.status = 'OPEN' AND board.metric = 'POINTS' AND board.scope IN ('GLOBAL', 'COUNTRY', 'CITY'))`;

/** Keeps balances of points, scores of open boards and uses of referral codes. */
export const gamificationUpkeep: Upkeep = {
  recounts: [
    {
      table: 'point_balances',
      key: { user_id: 'uuid' },
      columns: ['earned', 'spent', 'balance', 'debt'],
      truth: `
        SELECT coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS earned,
          coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)::bigint AS spent,
          greatest(coalesce(sum(amount), 0), 0)::bigint AS balance, greatest(-coalesce(sum(amount), 0), 0)::bigint AS debt
        FROM user_points WHERE user_id = kept.user_id`,
      missing: `
        INSERT INTO point_balances (user_id)
        SELECT DISTINCT user_id FROM user_points
        WHERE NOT EXISTS (SELECT FROM point_balances AS kept WHERE kept.user_id = user_points.user_id)
        LIMIT $1 ON CONFLICT DO NOTHING`,
    },
    {
      table: 'leaderboard_entries',
      key: { leaderboard_id: 'uuid', user_id: 'uuid' },
      columns: ['score', 'reached_at'],
      only: openBoard,
      truth: `
        SELECT coalesce(sum(amount), 0)::bigint AS score, coalesce(max(event_time), kept.reached_at) AS reached_at
        FROM leaderboards AS board JOIN user_points ON user_points.user_id = kept.user_id
          AND event_time >= board.starts_at AND (board.ends_at IS NULL OR event_time < board.ends_at)
        WHERE board.id = kept.leaderboard_id`,
    },
    {
      table: 'referral_codes',
      key: { id: 'uuid' },
      columns: ['use_count'],
      truth: `SELECT count(*)::int AS use_count FROM referrals WHERE code_id = kept.id`,
    },
  ],
  notRecounted: {
    'user_achievements.progress': 'recomputed from the facts whenever one of them counts',
    streaks: 'recomputed from the facts whenever one of them counts',
  },
};
