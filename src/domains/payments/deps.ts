import type { Platform } from '../../platform/platform.ts';
import type { Providers } from './provider/open-providers.ts';

/** The parts of the platform that payments stand on. */
export type PlatformDeps = Pick<
  Platform,
  'config' | 'log' | 'clock' | 'database' | 'redis' | 'jobs' | 'sockets' | 'subjectKeys'
>;

/** The same with the providers that move money. */
export type Deps = PlatformDeps & { providers: Providers };
