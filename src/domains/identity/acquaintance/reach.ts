const DAY_MS = 24 * 3_600_000;

/**
 * How many strangers one may bring into chats and bookings within a day, by the age of one's account. Who is brought is
 * there at once, so large groups of new people stay possible: the first day has room for half of the largest group there can be.
 */
const BOUNDS = [
  { youngerThanMs: DAY_MS, strangers: 5_000 },
  { youngerThanMs: 30 * DAY_MS, strangers: 10_000 },
  { youngerThanMs: Number.POSITIVE_INFINITY, strangers: 20_000 },
];

/** The strangers an account of this age may reach within a day. */
export const reachAt = (ageMs: number): number =>
  BOUNDS.find(({ youngerThanMs }) => ageMs < youngerThanMs)?.strangers ?? 0;
