import type { Redis } from 'ioredis';
import { createLeaseStore } from './lease.store.ts';
import { createPeopleStore } from './people.store.ts';
import { createSeatStore } from './seat.store.ts';

/** People's connections in Redis. Every function is safe to repeat, and fails when Redis is away. */
export type PresenceStore = ReturnType<typeof createPresenceStore>;

/** @param redis the connection of the `bus` role; it stays its owner's to close */
export const createPresenceStore = (redis: Redis) => ({
  ...createPeopleStore(redis),
  ...createLeaseStore(redis),
  ...createSeatStore(redis),
});
