import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that the stage stands on. */
export type Deps = Pick<
  Platform,
  'database' | 'replica' | 'rooms' | 'grants' | 'redis' | 'ephemera' | 'audience' | 'sealing' | 'clock' | 'log' | 'jobs'
>;
