import type { Recount } from '../../../platform/upkeep/recount.ts';

const STARS = ['one', 'two', 'three', 'four', 'five'];
const starCounts = STARS.map((name, index) => `count(*) FILTER (WHERE rating = ${index + 1})::int AS ${name}_count`);

/** Reviews that count for a summary. */
const rated = `status = 'PUBLISHED' AND deleted_at IS NULL`;
const subjectOf = `CASE subject WHEN 'EVENT' THEN event_id ELSE host_id END`;

/** Leaderboards that are still open and whose score is a sum of points, whoever takes part in them. */
const openBoard = `
  EXISTS (SELECT FROM leaderboards AS board WHERE board.id = kept.leaderboard_id
    AND board.status = 'OPEN' AND board.metric = 'POINTS' AND board.scope IN ('GLOBAL', 'COUNTRY', 'CITY'))`;

/** What is added up about people: how they are rated, what they earned, and what they confirmed. */
export const peopleRecounts: Recount[] = [
  {
    table: 'rating_summaries',
    key: { subject: 'review_subject', subject_id: 'uuid' },
    columns: ['review_count', 'rating_sum', ...STARS.map((name) => `${name}_count`), 'average'],
    truth: `
      SELECT count(*)::int AS review_count, coalesce(sum(rating), 0)::int AS rating_sum, ${starCounts.join(', ')},
        coalesce(sum(rating)::float8 / nullif(count(*), 0), 0) AS average
      FROM reviews WHERE ${rated} AND subject = kept.subject
        AND ((kept.subject = 'EVENT' AND event_id = kept.subject_id) OR (kept.subject = 'HOST' AND host_id = kept.subject_id))`,
    missing: `
      INSERT INTO rating_summaries (subject, subject_id)
      SELECT DISTINCT subject, ${subjectOf} FROM reviews
      WHERE ${rated} AND NOT EXISTS (SELECT FROM rating_summaries AS kept
        WHERE kept.subject = reviews.subject AND kept.subject_id = ${subjectOf})
      LIMIT $1 ON CONFLICT DO NOTHING`,
  },
  {
    table: 'reviews',
    key: { id: 'uuid' },
    columns: ['helpful_count', 'unhelpful_count'],
    truth: `
      SELECT count(*) FILTER (WHERE kind = 'HELPFUL')::int AS helpful_count,
        count(*) FILTER (WHERE kind = 'UNHELPFUL')::int AS unhelpful_count
      FROM review_votes WHERE review_id = kept.id`,
  },
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
    table: 'users',
    key: { id: 'uuid' },
    columns: ['two_factor_enabled'],
    truth: `
      SELECT EXISTS (SELECT FROM mfa_factors WHERE user_id = kept.id AND confirmed_at IS NOT NULL) AS two_factor_enabled`,
  },
  {
    table: 'referral_codes',
    key: { id: 'uuid' },
    columns: ['use_count'],
    truth: `SELECT count(*)::int AS use_count FROM referrals WHERE code_id = kept.id`,
  },
  {
    table: 'moderation_cases',
    key: { id: 'uuid' },
    columns: ['report_count'],
    truth: `SELECT count(*)::int AS report_count FROM reports WHERE case_id = kept.id`,
  },
];
