import type { Upkeep } from '../../kernel/upkeep.ts';

const STARS = ['one', 'two', 'three', 'four', 'five'];
const starCounts = STARS.map((name, index) => `count(*) FILTER (WHERE rating = ${index + 1})::int AS ${name}_count`);

/** Reviews that count for a summary. */
const rated = `status = 'PUBLISHED' AND deleted_at IS NULL`;
const subjectOf = `CASE subject WHEN 'EVENT' THEN event_id ELSE host_id END`;

/** Keeps the summaries of reviews and the counts of their votes. */
export const reviewsUpkeep: Upkeep = {
  recounts: [
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
  ],
  purged: ['reviews'],
  dailyNumbers: [{ name: 'reviews.written', table: 'reviews', at: 'created_at' }],
};
