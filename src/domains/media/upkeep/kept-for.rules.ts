const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long a picture that nothing shows is kept, in milliseconds. */
export const UNATTACHED_FOR_MS = 7 * DAY_MS;

/** What has been shown nowhere for this long is no longer taken into messages: storing one may take a day. */
export const SENDABLE_FOR_MS = UNATTACHED_FOR_MS - DAY_MS;
