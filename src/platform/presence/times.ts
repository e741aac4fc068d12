/** A node that has not been heard of for this long is gone; it says that it is there every `RENEW_MS`. */
export const LEASE_MS = 8_000;
export const RENEW_MS = 2_000;
/** What a node that is about to stop has to say good-bye to everybody. */
export const DRAIN_MS = 60_000;
/** How long somebody may be without a connection before they are offline. */
export const GRACE_MS = 8_000;
/** The same where the connection was silent, or its node gone, for a while already. */
export const SHORT_GRACE_MS = 4_000;
/** Who has done nothing on any device for this long is away. */
export const IDLE_MS = 5 * 60_000;
/** A device tells of its activity at most this often. */
export const ACTIVITY_MS = 60_000;
/** A sweeper that is silent for this long loses its place. */
export const SWEEPER_MS = 4_000;
/** Nobody swept for this long: Redis was away. */
export const OUTAGE_MS = 8_000;
/** Nothing is swept for this long after Redis was away or lost everything. */
export const QUIET_MS = 20_000;
/** Who comes back so soon after they were said to be offline should never have been. */
export const FLAP_MS = 30_000;
