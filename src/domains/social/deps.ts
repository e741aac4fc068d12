import type { Platform } from '../../platform/platform.ts';

/** The parts of the platform that chats and posts stand on. */
export type Deps = Pick<
  Platform,
  | 'database'
  | 'replica'
  | 'rooms'
  | 'grants'
  | 'redis'
  | 'ephemera'
  | 'presence'
  | 'sockets'
  | 'clock'
  | 'log'
  | 'metrics'
  | 'pictures'
>;
