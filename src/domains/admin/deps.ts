import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that its administration stands on. */
export type Deps = Pick<Platform, 'replica'>;
