/**
 * The one clock of a process; in servers it tells the time of the Redis they share, so that what one process writes down
 * another may compare. Product code asks it, never `Date.now()`, so that tests can move time.
 */
export interface Clock {
  now: () => Date;
}

export const systemClock: Clock = { now: () => new Date() };
