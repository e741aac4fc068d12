const DAY_MS = 24 * 3_600_000;

/**
 * How many strangers one may bring into chats and bookings within a day, by the age of one's account. Who is brought is there
 * at once, so an account that was made to annoy people reaches no more of them in its first day than a large party has guests.
 */
const BOUNDS = [
  { youngerThanMs: DAY_MS, strangers: 200 },
  { youngerThanMs: 30 * DAY_MS, strangers: 1_000 },
  { youngerThanMs: Number.POSITIVE_INFINITY, strangers: 5_000 },
];

/** The strangers an account of this age may reach within a day. */
export const reachAt = (ageMs: number): number =>
  BOUNDS.find(({ youngerThanMs }) => ageMs < youngerThanMs)?.strangers ?? 0;
