SET LOCAL lock_timeout = '5s';

-- What was archived before it was read still counts as unread, and can be read.
CREATE INDEX notifications_unread_idx ON archive.notifications (user_id) WHERE read_at IS NULL AND deleted_at IS NULL;
