import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type Cluster, startCluster } from '../../support/cluster.ts';
import { freshDatabase, freshRedis } from '../../support/databases.ts';
import { http, type Person } from '../../support/people.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { until } from '../../support/until.ts';

/** Real processes that share a folder for files. */
export interface MediaWorld {
  cluster: Cluster;
  url: string;
  databaseUrl: string;
  /** Names of every file in the store, those that are not finished too. */
  stored: () => string[];
  create: (person: Person, file: Uint8Array, more?: Record<string, unknown>) => Promise<string>;
  put: (person: { token: string }, mediaId: string, file: Uint8Array) => Promise<PutAnswer>;
  get: (person: Person, mediaId: string, nodeUrl?: string) => Promise<MediaAnswer>;
  /** Waits until it is a picture or refused. */
  decided: (person: Person, mediaId: string, nodeUrl?: string) => Promise<MediaAnswer>;
  /** Announces, sends, and waits for what becomes of it. */
  upload: (person: Person, file: Uint8Array, more?: Record<string, unknown>) => Promise<MediaAnswer>;
  /** Forgets everything Redis holds. */
  loseJobs: () => Promise<void>;
  close: () => Promise<void>;
}

export interface PutAnswer {
  status: number;
  body: Record<string, unknown>;
}

export interface PictureAnswer {
  id: string;
  width: number;
  height: number;
  blurHash: string;
  altText: string | null;
  sources: { width: number; height: number; url: string }[];
}

export interface MediaAnswer {
  id: string;
  status: string;
  rejection: string | null;
  byteSize: number;
  picture: PictureAnswer | null;
}

const ASK_EVERY_MS = 150;
const DECIDED: ReadonlySet<string> = new Set(['READY', 'REJECTED']);

interface Options {
  nodes?: number;
  workers?: number;
  environment?: Record<string, string>;
}

export const openMediaWorld = async ({
  nodes = 1,
  workers = 1,
  environment = {},
}: Options = {}): Promise<MediaWorld> => {
  const folder = join(scratchFolder(), 'objects');
  mkdirSync(folder);
  const [databaseUrl, redisUrl] = await Promise.all([freshDatabase(), freshRedis()]);
  const surroundings = { OBJECT_STORE_URL: `file://${folder}`, ...environment };
  const cluster = await startCluster({ databaseUrl, redisUrl, nodes, workers, environment: surroundings });
  const url = cluster.nodes[0]?.url ?? '';
  const create: MediaWorld['create'] = async ({ token }, file, more = {}) => {
    const body = { purpose: 'COVER', mimeType: 'image/jpeg', byteSize: file.length, ...more };
    const answer = await http(`${url}/v1/media`, { token, body });
    if (answer.status !== 200) throw new Error(`media.create answered ${JSON.stringify(answer.body)}`);
    // Safe: checked by the contract.
    return (answer.body.media as MediaAnswer).id;
  };
  const put: MediaWorld['put'] = async ({ token }, mediaId, file) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' };
    const body = new Uint8Array(file);
    const response = await fetch(`${url}/v1/media/${mediaId}/content`, { method: 'PUT', headers, body });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const get: MediaWorld['get'] = async ({ token }, mediaId, nodeUrl = url) => {
    const { body } = await http(`${nodeUrl}/v1/media/${mediaId}`, { token });
    return body as unknown as MediaAnswer;
  };
  const decided: MediaWorld['decided'] = (person, mediaId, nodeUrl) =>
    until(
      async () => {
        // Asked without a pause, the server would refuse to say any more.
        await pause(ASK_EVERY_MS);
        const media = await get(person, mediaId, nodeUrl);
        return DECIDED.has(media.status) ? media : null;
      },
      { withinMs: 90_000, what: 'the end of processing' },
    );
  return {
    ...{ cluster, url, databaseUrl, create, put, get, decided },
    stored: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort(),
    upload: async (person, file, more) => {
      const mediaId = await create(person, file, more);
      const answer = await put(person, mediaId, file);
      if (answer.status !== 200) throw new Error(`media.upload answered ${JSON.stringify(answer.body)}`);
      return decided(person, mediaId);
    },
    loseJobs: async () => {
      const redis = new Redis(redisUrl);
      await redis.flushdb();
      redis.disconnect();
    },
    close: () => cluster.stop(),
  };
};
