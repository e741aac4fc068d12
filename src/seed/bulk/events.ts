import type { Kind } from './batches.ts';
import { VOCABULARY } from './dice.ts';
import { CITIES, TOPICS } from './places.ts';

/** What a title ends with. */
const FORMATS = ['Night', 'Meetup', 'Workshop', 'Festival', 'Concert', 'Soirée', 'Club', 'Tour', 'Class', 'Gathering'];

const COUNT = `SELECT coalesce(max(substr(slug, 6))::integer, 0) AS rows
  FROM events WHERE slug > 'bulk-0' AND slug < 'bulk-9a'`;

/** Chosen by the event's number: where, what, when. A third lies behind, most of the rest in the next months. */
const CHOSEN = `
  SELECT n, place.*, topic.*,
    $7::timestamptz + CASE WHEN pg_temp.share(n, 'past') < 0.35
      THEN -pg_temp.share(n, 'ago') * interval '400 days'
      ELSE power(pg_temp.share(n, 'ahead'), 1.7) * interval '365 days' END AS start_date,
    pg_temp.share(n, 'state') AS state, pg_temp.share(n, 'seen') AS seen, pg_temp.share(n, 'price') AS price_share
  FROM generate_series($1::bigint, $2::bigint) AS n
  CROSS JOIN LATERAL (SELECT * FROM jsonb_to_recordset($3::jsonb) AS c (place integer, city text, country text, currency text,
      zone text, latitude double precision, longitude double precision)
    WHERE c.place = pg_temp.pick($5::integer, pg_temp.share(n, 'city'), 2.2)) AS place
  CROSS JOIN LATERAL (SELECT * FROM jsonb_to_recordset($4::jsonb) AS t (topic integer, title text, type text, category text)
    WHERE t.topic = pg_temp.pick($6::integer, pg_temp.share(n, 'topic'), 1.6)) AS topic`;

const INSERT = `
  WITH chosen AS MATERIALIZED (${CHOSEN})
  INSERT INTO events (id, title, slug, summary, description, host_id, category_id, type, mode, status, visibility, start_date, end_date,
    time_zone, venue, city, country, latitude, longitude, max_participants, is_free, price, currency, tags, published_at, completed_at,
    cancelled_at, cancellation_reason, created_at, hidden_at, deleted_at)
  SELECT pg_temp.made_id(created_at, n, 'event'),
    initcap(pg_temp.sentence($8::jsonb, n, 'title', 1 + (n % 2)::integer)) || ' ' || title || ' ' ||
      ($9::text[])[pg_temp.pick(cardinality($9::text[]), pg_temp.share(n, 'format'), 1)],
    'bulk-' || lpad(n::text, 8, '0'),
    initcap(pg_temp.sentence($8::jsonb, n, 'summary', 8)),
    pg_temp.sentence($8::jsonb, n, 'description', 20 + (n % 30)::integer),
    pg_temp.person(pg_temp.pick($10::integer, pg_temp.share(n, 'host'), 2)),
    (SELECT id FROM event_categories WHERE slug = category), type::event_type,
    (CASE WHEN n % 12 = 0 THEN 'ONLINE' WHEN n % 12 = 1 THEN 'HYBRID' ELSE 'PHYSICAL' END)::event_mode,
    status::event_status,
    (CASE WHEN seen < 0.93 THEN 'PUBLIC' WHEN seen < 0.97 THEN 'UNLISTED' ELSE 'PRIVATE' END)::event_visibility,
    start_date, start_date + (1 + n % 6) * interval '1 hour', zone, initcap(pg_temp.sentence($8::jsonb, n, 'venue', 2)) || ' Hall',
    city, country, latitude + (pg_temp.share(n, 'north') + pg_temp.share(n, 'north again') - 1) * 0.12,
    longitude + (pg_temp.share(n, 'east') + pg_temp.share(n, 'east again') - 1) * 0.12,
    20 + (n % 500)::integer, price_share < 0.45,
    CASE WHEN price_share < 0.45 THEN 0 ELSE 100 * (1 + floor(power(price_share, 6) * 5000)::bigint) END, currency,
    string_to_array(pg_temp.sentence($8::jsonb, n, 'tags', 2), ' '), created_at,
    CASE status WHEN 'COMPLETED' THEN start_date + interval '1 day' END,
    CASE status WHEN 'CANCELLED' THEN created_at + interval '1 day' END,
    (CASE status WHEN 'CANCELLED' THEN 'OTHER' END)::event_cancellation_reason, created_at,
    CASE WHEN pg_temp.share(n, 'hidden') < 0.005 THEN created_at END, CASE WHEN pg_temp.share(n, 'deleted') < 0.01 THEN created_at END
  FROM chosen
  CROSS JOIN LATERAL (SELECT least(start_date, $7::timestamptz) - (5 + pg_temp.share(n, 'known') * 90) * interval '1 day' AS created_at,
    CASE WHEN state < 0.03 THEN 'DRAFT' WHEN state < 0.06 THEN 'CANCELLED' WHEN start_date < $7::timestamptz AND state < 0.6
      THEN 'COMPLETED' ELSE 'PUBLISHED' END AS status) AS derived
  ON CONFLICT (slug) DO NOTHING`;

const cities = CITIES.map(([city, country, currency, zone, latitude, longitude], index) => ({
  ...{ place: index + 1, city, country, currency, zone, latitude, longitude },
}));
const topics = TOPICS.map(([title, type, category], index) => ({ topic: index + 1, title, type, category }));

/** Gatherings of those people in some cities. Drafts, private, hidden and deleted ones are among them. */
export const eventsBy = ({ people, now }: { people: number; now: Date }): Kind => ({
  what: 'events',
  batchSize: 2_000,
  count: async (client) => (await client.query(COUNT)).rows[0].rows,
  insert: async (client, { first, last }) => {
    const lists = [JSON.stringify(cities), JSON.stringify(topics), cities.length, topics.length];
    await client.query(INSERT, [first, last, ...lists, now, VOCABULARY, FORMATS, people]);
  },
});
