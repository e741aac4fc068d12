SET LOCAL lock_timeout = '5s';

-- Every event that was ever on sale has a list that is meant when a scan names none: its oldest one, or a new one. In a
-- migration of its own, because it writes rows of a table that the one before changed.
UPDATE "check_in_lists" AS list SET is_default = true
WHERE NOT EXISTS (
  SELECT FROM "check_in_lists" AS other
  WHERE other.event_id = list.event_id AND (other.created_at, other.id) < (list.created_at, list.id));
INSERT INTO "check_in_lists" (id, event_id, name, is_default)
SELECT gen_random_uuid(), id, 'Entrance', true FROM "events" AS event
WHERE published_at IS NOT NULL AND NOT EXISTS (SELECT FROM "check_in_lists" WHERE event_id = event.id);
