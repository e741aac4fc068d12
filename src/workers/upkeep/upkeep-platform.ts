import type { Platform } from '../../platform/platform.ts';

/** What jobs of this folder stand on. */
export type UpkeepPlatform = Pick<Platform, 'clock' | 'database' | 'log' | 'metrics'>;
