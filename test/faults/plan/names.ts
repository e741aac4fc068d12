/** Faults that a seed draws from, by their names on the command line. */
export const DRAWN_FAULTS = [
  'kill-node',
  'kill-worker',
  'pause-worker',
  'kill-redis',
  'empty-redis',
  'redis-full',
  'kill-postgres',
  'postgres-read-only',
  'cut-links',
  'slow-links',
  'skew-clock',
] as const;

/** Faults that are played only when they are named: one takes minutes, one takes the rights of root. */
export const NAMED_FAULTS = ['postgres-away', 'disk-full'] as const;

export const FAULT_NAMES = [...DRAWN_FAULTS, ...NAMED_FAULTS] as const;

/** Something that goes wrong, as it is called on the command line. */
export type FaultName = (typeof FAULT_NAMES)[number];

export const SCENARIO_NAMES = ['chat', 'on-sale', 'mixed'] as const;

/** The traffic under which things go wrong: messages and their readers, checkouts, or both. */
export type ScenarioName = (typeof SCENARIO_NAMES)[number];
