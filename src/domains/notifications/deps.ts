import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that notifications stand on. */
export type Deps = Pick<
  Platform,
  'clock' | 'database' | 'jobs' | 'log' | 'mailer' | 'metrics' | 'pusher' | 'sockets' | 'subjectKeys'
>;
