import type { FileColumn } from '../../kernel/upkeep.ts';
import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that pictures stand on. */
export interface Deps
  extends Pick<Platform, 'clock' | 'database' | 'jobs' | 'log' | 'objects' | 'pictures' | 'sockets'> {
  /** Everywhere that other domains name a file. */
  fileColumns: readonly FileColumn[];
}
