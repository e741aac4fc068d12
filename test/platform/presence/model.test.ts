import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFrames, FRAME_EVERY_MS } from '../../../src/domains/social/presence/frames.ts';
import { createLooks } from '../../../src/domains/social/presence/looks.ts';
import { keyOf, UNSEEN, type View } from '../../../src/domains/social/presence/view.rules.ts';
import { ASKED_FOR, createWatches } from '../../../src/domains/social/presence/watches.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import {
  DRAIN_MS,
  GRACE_MS,
  LEASE_MS,
  QUIET_MS,
  RENEW_MS,
  SHORT_GRACE_MS,
} from '../../../src/platform/presence/times.ts';
import { freshRedis } from '../../support/databases.ts';
import { createPresenceWorld, type PresenceWorld, type TestNode } from './presence-world.ts';

/** How often everybody takes a turn in the model; real nodes do so more often. */
const TICK_MS = 500;
const NODES = 3;
const PEOPLE = [
  '00000000-0000-7000-8000-00000000000a',
  '00000000-0000-7000-8000-00000000000b',
  '00000000-0000-7000-8000-0000000000c3',
];
/** Within this somebody whose node was killed is offline: the lease, the grace, a turn or two. */
const KILLED_WITHIN_MS = 15_000;

type Step =
  | { of: 'person'; kind: 'connect' | 'disconnect' | 'moveToOther'; person: number; node: number }
  | { of: 'node'; kind: 'kill' | 'pause' | 'goOn' | 'start' | 'drain'; node: number }
  | { of: 'redis'; kind: 'empty' | 'lose' | 'find' }
  | { of: 'time'; seconds: number };

let world: PresenceWorld;

beforeAll(async () => {
  world = await createPresenceWorld(await freshRedis());
});

afterAll(() => world.stop());

interface Running extends TestNode {
  state: 'runs' | 'paused' | 'draining' | 'dead';
}

/** What a watcher on one of the nodes is told, and how often. */
const createObserver = (lease: () => TestNode['lease']) => {
  const told = new Map<string, string>();
  const frames: number[] = [];
  const watches = createWatches();
  const presence = {
    people: world.store,
    isSettled: () => world.store.isSettled(lease().epoch(), world.nowMs()),
    tell: (_connectionId: string, _signal: unknown, data: unknown) => {
      frames.push(world.nowMs());
      // Safe: what frames tell.
      for (const { userId, status } of (data as { changes: View[] }).changes) told.set(userId, status);
      return true;
    },
  };
  const observer = createFrames({ watches, presence, metrics: createMetrics() });
  const clock = { now: () => new Date(world.nowMs()) };
  const look = createLooks({ watches, frames: observer, presence, clock });
  for (const userId of PEOPLE) {
    const watch = watches.add({ connectionId: 'observer', userId: 'observer' }, userId, ASKED_FOR);
    Object.assign(watch, { isVisible: true, told: keyOf(UNSEEN) });
  }
  return {
    isOffline: (userId: string) => (told.get(userId) ?? 'OFFLINE') === 'OFFLINE',
    frames,
    /** Reads everybody, told or not that anything has changed. */
    turn: async () => {
      await look(PEOPLE);
      observer.flush(world.nowMs());
    },
  };
};

interface Running extends TestNode {
  state: 'runs' | 'paused' | 'draining' | 'dead';
}

const lives = ({ state }: Running): boolean => state === 'runs' || state === 'draining';

/** Three nodes, what is true of people, and what is said of them. */
const createModel = () => {
  const nodes: Running[] = Array.from({ length: NODES }, () =>
    Object.assign(world.startNode(), { state: 'runs' as const }),
  );
  /** Another than those that steps kill, so that somebody is always told. */
  const witness = world.startNode();
  const observer = createObserver(() => witness.lease);
  /** When somebody last lost their last connection that counts; null while they have one. */
  const goneSinceMs = new Map<string, number | null>();
  const hereSinceMs = new Map<string, number>();
  let isRedisAway = false;
  let [arrivalsExcusedUntilMs, leavingExcusedUntilMs] = [0, 0];

  const has = (userId: string): boolean =>
    nodes.some((node) => lives(node) && [...node.connections.values()].includes(userId));

  const note = (): void => {
    for (const userId of PEOPLE) {
      if (has(userId)) {
        if (goneSinceMs.get(userId) !== null) hereSinceMs.set(userId, world.nowMs());
        goneSinceMs.set(userId, null);
      } else if (goneSinceMs.get(userId) === null) goneSinceMs.set(userId, world.nowMs());
    }
  };

  const judge = (userId: string, wasOffline: boolean): void => {
    const isOffline = observer.isOffline(userId);
    const since = goneSinceMs.get(userId);
    if (since === undefined) return;
    const forMs = world.nowMs() - (since ?? hereSinceMs.get(userId) ?? 0);
    // (H1) Who has a connection to a node that runs is never said to be offline, and is soon said to be here.
    const isExcused = world.nowMs() < arrivalsExcusedUntilMs;
    if (since === null && !isExcused && !wasOffline)
      expect({ userId, isOffline }).toEqual({ userId, isOffline: false });
    // While Redis is away nobody can be told who came.
    const isKnown = world.nowMs() >= leavingExcusedUntilMs && !isRedisAway && !isExcused;
    if (since === null && forMs >= 2_500 && isKnown) {
      expect({ userId, isOffline }).toEqual({ userId, isOffline: false });
    }
    if (since === null) return;
    // (H3) Within the shortest grace nobody becomes offline.
    if (forMs < SHORT_GRACE_MS && !wasOffline) expect({ userId, isOffline }).toEqual({ userId, isOffline: false });
    // (H2) After the longest everybody is.
    if (forMs > KILLED_WITHIN_MS + TICK_MS && world.nowMs() >= leavingExcusedUntilMs) {
      expect({ userId, isOffline }).toEqual({ userId, isOffline: true });
    }
  };

  const tick = async (count: number): Promise<void> => {
    world.pass(TICK_MS);
    if (isRedisAway) return;
    for (const node of [witness, ...nodes.filter(lives)]) {
      if (count % (RENEW_MS / TICK_MS) === 0) await node.renew();
      await node.devices.turn();
      await node.sweeper.turn();
    }
  };

  const look = async (): Promise<void> => {
    const before = new Map(PEOPLE.map((userId) => [userId, observer.isOffline(userId)]));
    if (!isRedisAway) await observer.turn();
    for (const userId of PEOPLE) judge(userId, before.get(userId) ?? true);
  };

  return {
    nodes,
    observer,
    note,
    /** Who was taken for dead, or is not in Redis any more, has to be told of again. */
    excuseArrivals: (ms: number) => {
      arrivalsExcusedUntilMs = Math.max(arrivalsExcusedUntilMs, world.nowMs() + ms);
    },
    excuseLeaving: (ms: number) => {
      leavingExcusedUntilMs = Math.max(leavingExcusedUntilMs, world.nowMs() + ms);
    },
    setAway: (isAway: boolean) => {
      isRedisAway = isAway;
    },
    replace: (place: number) => {
      nodes[place] = Object.assign(world.startNode(), { state: 'runs' as const });
    },
    pass: async (ms: number) => {
      for (let count = 0; count * TICK_MS < ms; count += 1) {
        // Between two turns Redis may have become empty: whoever looks now must not believe it.
        await look();
        await tick(count);
        note();
        await look();
      }
    },
  };
};

const person = fc.nat({ max: PEOPLE.length - 1 });
const node = fc.nat({ max: NODES - 1 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        ...{ of: fc.constant('person' as const), person, node },
        kind: fc.constantFrom('connect' as const, 'disconnect' as const, 'moveToOther' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        ...{ of: fc.constant('node' as const), node },
        kind: fc.constantFrom('kill' as const, 'pause' as const, 'goOn' as const, 'start' as const, 'drain' as const),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        of: fc.constant('redis' as const),
        kind: fc.constantFrom('empty' as const, 'lose' as const, 'find' as const),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ of: fc.constant('time' as const), seconds: fc.integer({ min: 1, max: 12 }) }),
    },
  ),
  { minLength: 4, maxLength: 25 },
);

const connectTo = (target: Running | undefined, userId: string): void => {
  if (target?.state === 'runs') target.connect(userId);
};

const disconnectFrom = (target: Running | undefined, userId: string): void => {
  if (!target || target.state === 'dead' || target.state === 'paused') return;
  const found = [...target.connections].find(([, owner]) => owner === userId);
  if (found) target.disconnect(found[0]);
};

test('nobody who is here is ever offline, and nobody who left stays (H1, H2, H3, H4, H8)', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      await world.redis.flushdb();
      const model = createModel();
      const { nodes } = model;
      /** A node was killed while it drained: what it leaves is swept after its minute. */
      let isLongLease = false;
      await model.pass(RENEW_MS);

      const ofPerson = ({ kind, person: place, node: at }: Extract<Step, { of: 'person' }>): void => {
        const userId = PEOPLE[place] ?? '';
        if (kind !== 'disconnect') connectTo(nodes[kind === 'connect' ? at : (at + 1) % NODES], userId);
        if (kind !== 'connect') disconnectFrom(nodes[at], userId);
      };

      const acts: Record<Extract<Step, { of: 'node' }>['kind'], (target: Running, at: number) => void | Promise<void>> =
        {
          kill: (target) => {
            isLongLease ||= target.state === 'draining';
            target.state = 'dead';
          },
          pause: (target) => {
            if (target.state === 'runs') target.state = 'paused';
          },
          goOn: (target) => {
            if (target.state !== 'paused') return;
            target.state = 'runs';
            // It has to find out first that it was taken for dead.
            model.excuseArrivals(RENEW_MS + 4 * TICK_MS);
          },
          start: (target, at) => {
            if (target.state === 'dead') model.replace(at);
          },
          drain: async (target) => {
            if (target.state !== 'runs') return;
            target.state = 'draining';
            // What it leaves when it is killed is swept after its minute.
            model.excuseLeaving(DRAIN_MS + KILLED_WITHIN_MS);
            await target.lease.drain().catch(() => undefined);
          },
        };

      const ofNode = async ({ kind, node: at }: Extract<Step, { of: 'node' }>): Promise<void> => {
        const target = nodes[at];
        if (target) await acts[kind](target, at);
      };

      const ofRedis = async ({ kind }: Extract<Step, { of: 'redis' }>): Promise<void> => {
        if (kind === 'empty') await world.redis.flushdb();
        else model.setAway(kind === 'lose');
        // Until every node has said anew who is there, and those who left meanwhile have been waited for.
        model.excuseLeaving(RENEW_MS + 2 * TICK_MS + QUIET_MS + KILLED_WITHIN_MS);
      };

      const play = async (step: Step): Promise<void> => {
        if (step.of === 'time') await model.pass(step.seconds * 1_000);
        if (step.of === 'person') ofPerson(step);
        if (step.of === 'node') await ofNode(step);
        if (step.of === 'redis') await ofRedis(step);
      };

      for (const step of list) {
        await play(step);
        model.note();
      }
      model.setAway(false);
      // (H4) At rest the people who are here are those with a connection to a node.
      for (const one of nodes) {
        if (one.state === 'paused') one.state = 'runs';
        if (one.state === 'draining') for (const id of [...one.connections.keys()]) one.disconnect(id);
      }
      model.excuseArrivals(LEASE_MS + QUIET_MS + GRACE_MS + DRAIN_MS);
      model.excuseLeaving(LEASE_MS + QUIET_MS + GRACE_MS + DRAIN_MS);
      const leaseMs = isLongLease ? DRAIN_MS : LEASE_MS;
      await model.pass(leaseMs + QUIET_MS + GRACE_MS + 2 * SHORT_GRACE_MS);
      const known = await world.store.read(PEOPLE);
      const here = PEOPLE.filter((userId) => known.get(userId)?.isHere);
      const connected = new Set(nodes.flatMap((one) => (one.state === 'dead' ? [] : [...one.connections.values()])));
      expect(here).toEqual(PEOPLE.filter((userId) => connected.has(userId)));
      expect(PEOPLE.filter((userId) => !model.observer.isOffline(userId))).toEqual(here);
      // (H8) A watcher is told once a second at most.
      const gaps = model.observer.frames.map((atMs, nth) => atMs - (model.observer.frames[nth - 1] ?? 0));
      expect(gaps.every((gapMs) => gapMs >= FRAME_EVERY_MS)).toBe(true);
    }),
    { numRuns: 25 },
  );
});
