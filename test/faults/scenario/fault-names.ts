export const FAULT_NAMES = [
  'kill-node',
  'kill-worker',
  'kill-redis',
  'kill-postgres',
  'empty-redis',
  'postgres-away',
  'redis-full',
  'postgres-read-only',
  'disk-full',
  'paused-worker',
  'skewed-workers',
] as const;

/** Something that goes wrong, as it is called on the command line. */
export type FaultName = (typeof FAULT_NAMES)[number];
