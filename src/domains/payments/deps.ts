import type { Platform } from '../../platform/platform.ts';
import type { Apply } from './applying/applying.steps.ts';
import type { Providers } from './provider/providers.rules.ts';

/** The parts of the platform that payments stand on. */
export type PlatformDeps = Pick<
  Platform,
  'config' | 'log' | 'clock' | 'database' | 'redis' | 'jobs' | 'sockets' | 'subjectKeys'
>;

/** The same with the providers that move money, and what lets their messages take effect. */
export interface Deps extends PlatformDeps {
  providers: Providers;
  apply: Apply;
}
