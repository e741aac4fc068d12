import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

/** A Lua script with its hash; all of it is one atomic step in Redis. */
export interface Script {
  source: string;
  sha1: string;
}

const INCLUDE = /^--- @include "(.+)"$/gm;

const resolve = (url: URL): string =>
  readFileSync(url, 'utf8').replace(INCLUDE, (_line, path: string) => resolve(new URL(path, url)));

/** Reads a script and what it includes: a line `--- @include "other.lua"` stands for that file, seen from this one. */
export const loadScript = (url: URL): Script => {
  const source = resolve(url);
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
};

/**
 * Runs a script, by its hash where Redis knows it. Concurrent runs of one connection share a round trip.
 * @param keys all in one hash slot, so that a Redis Cluster can run it
 */
export const runScript = async (
  redis: Redis,
  script: Script,
  keys: string[],
  args: (string | number)[],
): Promise<unknown> => {
  try {
    return await redis.evalsha(script.sha1, keys.length, ...keys, ...args);
  } catch (error) {
    // A restarted Redis has forgotten its scripts; sending the source teaches it again.
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return redis.eval(script.source, keys.length, ...keys, ...args);
  }
};
