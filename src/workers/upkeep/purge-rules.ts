/** How long something that people deleted can still be brought back. */
export const PURGE_AFTER_DAYS = 30;

/**
 * Tables whose deleted rows go for good. A row that something else must keep referring to stays: an event with bookings, a
 * comment with answers. Deleted is not hidden (`hidden_at`, by moderation), archived (`archived_at`, by time) or erased
 * (`erased_at`, by the person's right): those are left alone here.
 */
export const purgedTables = [
  'posts',
  'comments',
  'stories',
  'reviews',
  'notifications',
  'event_updates',
  'announcements',
  'events',
] as const;

/** Tables whose rows are never purged by age, and why. */
export const notPurged: Record<string, string> = {
  users: 'a closed account is erased by the request that closed it, and its row is kept empty',
  messages: 'a deleted message is an empty row that keeps the chat’s numbers without gaps',
  media_assets: 'the bytes go first: the sweep of the media domain deletes both',
};

/** What a deleted row that has to stay says instead. */
export const emptied: Record<string, string> = { comments: `body = '-'` };
