/** The one clock of a process. Product code asks it, never `Date.now()`, so that tests can move time. */
export interface Clock {
  now: () => Date;
}

export const systemClock: Clock = { now: () => new Date() };
