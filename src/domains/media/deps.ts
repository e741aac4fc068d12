import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that pictures stand on. */
export type Deps = Pick<Platform, 'clock' | 'database' | 'jobs' | 'log' | 'objects' | 'pictures' | 'sockets'>;
