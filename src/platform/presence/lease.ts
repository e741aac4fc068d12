import { newId } from '../ids.ts';
import type { PresenceStore } from './store.ts';
import { DRAIN_MS, LEASE_MS } from './times.ts';

/** A node's word that it is there. Connections are kept under it, and swept with it. */
export interface Lease {
  name: () => string;
  /** The epoch of Redis that the node knows; empty before the first renewal. */
  epoch: () => string;
  /**
   * Says that the node is there.
   * @returns `lost` when the lease ran out, or Redis lost it: another was taken, and everything is to be told anew under it;
   * `emptied` when Redis has lost everything besides
   * @throws when Redis is away
   */
  renew: () => Promise<'held' | 'lost' | 'emptied'>;
  /** Gives the lease up: another is taken at the next renewal, and this one is swept once it has run out. */
  giveUp: () => void;
  /** The node is about to stop and has a minute to say good-bye; what it leaves is swept after that. */
  drain: () => Promise<void>;
  /** Nothing more will be under it. */
  end: () => Promise<void>;
}

export const createLease = (store: Pick<PresenceStore, 'holdLease'>, nowMs: () => number): Lease => {
  let name = newId();
  let epoch = '';
  let isTaken = false;
  let isDraining = false;

  const hold = async (lifeMs: number): Promise<string> => {
    const atMs = nowMs();
    const held = await store.holdLease(name, {
      ...{ nowMs: atMs, untilMs: atMs + lifeMs, isNew: !isTaken },
      ...{ newEpoch: newId(), epoch },
    });
    isTaken = held.isHeld;
    return held.epoch;
  };

  return {
    name: () => name,
    epoch: () => epoch,
    renew: async () => {
      if (isDraining) return 'held';
      const isFirst = epoch === '';
      const now = await hold(LEASE_MS);
      const isEmptied = !isFirst && now !== epoch;
      epoch = now;
      if (isTaken && !isEmptied) return 'held';
      if (!isTaken) {
        name = newId();
        await hold(LEASE_MS);
      }
      return isEmptied ? 'emptied' : 'lost';
    },
    giveUp: () => {
      name = newId();
      isTaken = false;
    },
    drain: async () => {
      isDraining = true;
      await hold(DRAIN_MS);
    },
    end: async () => {
      await hold(0);
    },
  };
};
