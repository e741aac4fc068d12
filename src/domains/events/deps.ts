import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that events stand on. */
export type Deps = Pick<
  Platform,
  | 'database'
  | 'replica'
  | 'rooms'
  | 'ephemera'
  | 'clock'
  | 'log'
  | 'sealing'
  | 'subjectKeys'
  | 'config'
  | 'redis'
  | 'sockets'
  | 'pictures'
  | 'tokens'
  | 'revocations'
>;
