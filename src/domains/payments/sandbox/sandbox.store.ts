import type { Redis } from 'ioredis';
import { loadScript, runScript } from '../../../platform/redis/script.ts';
import { Switches } from './contract.ts';
import { SandboxPayment } from './document.rules.ts';

const COMPARE_AND_SET = loadScript(new URL('./compare-and-set.lua', import.meta.url));

/** What the sandbox forgets: a document that nobody has changed for this long. */
const LIFE_SECONDS = 90 * 24 * 3_600;
const MAX_TURNS = 50;

/** One slot of a Redis Cluster, so that scripts may touch what belongs together. */
const key = (kind: string, name: string): string => `rally:{sandbox}:${kind}:${name}`;

/** The sandbox's memory. It lies in Redis as another provider's lies elsewhere: no transaction of ours reaches it. */
export interface SandboxStore {
  payment: (ref: string) => Promise<SandboxPayment | null>;
  /**
   * Changes a payment in one atomic step, repeated while others are faster.
   * @param change is given what stands there, null for nothing; null leaves it as it is
   * @returns what stands there afterwards
   */
  change: (
    ref: string,
    change: (current: SandboxPayment | null) => SandboxPayment | null,
  ) => Promise<SandboxPayment | null>;
  /** Keeps a text under a name that nobody has used yet. @returns what was kept first */
  keepFirst: (kind: string, name: string, text: string) => Promise<string>;
  find: (kind: string, name: string) => Promise<string | null>;
  /** Notes that the payment moved money on this day, UTC. */
  touch: (day: string, ref: string) => Promise<void>;
  touchedOn: (day: string) => Promise<string[]>;
  switches: () => Promise<ReturnType<typeof Switches.parse>>;
  setSwitches: (switches: ReturnType<typeof Switches.parse>) => Promise<void>;
}

export const createSandboxStore = (redis: Redis): SandboxStore => ({
  payment: async (ref) => parse(await redis.get(key('payment', ref))),
  change: (ref, change) => changeDocument(redis, key('payment', ref), change),
  keepFirst: async (kind, name, text) => {
    await redis.set(key(kind, name), text, 'EX', LIFE_SECONDS, 'NX');
    return (await redis.get(key(kind, name))) ?? text;
  },
  find: (kind, name) => redis.get(key(kind, name)),
  touch: async (day, ref) => {
    await redis.sadd(key('day', day), ref);
    await redis.expire(key('day', day), LIFE_SECONDS);
  },
  touchedOn: (day) => redis.smembers(key('day', day)),
  switches: async () => Switches.parse(JSON.parse((await redis.get(key('switches', 'all'))) ?? '{}')),
  setSwitches: async (switches) => {
    await redis.set(key('switches', 'all'), JSON.stringify(switches));
  },
});

const parse = (text: string | null): SandboxPayment | null =>
  text === null ? null : SandboxPayment.parse(JSON.parse(text));

const changeDocument: (
  redis: Redis,
  name: string,
  change: (current: SandboxPayment | null) => SandboxPayment | null,
) => Promise<SandboxPayment | null> = async (redis, name, change) => {
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const text = await redis.get(name);
    const current = parse(text);
    const next = change(current);
    if (next === null) return current;
    const args = [text ?? '', JSON.stringify(next), LIFE_SECONDS];
    if ((await runScript(redis, COMPARE_AND_SET, [name], args)) === 1) return next;
  }
  throw new Error(`${name} changes too often`);
};
