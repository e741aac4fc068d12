import type { Redis } from 'ioredis';
import type { ReadCaller } from './caller-address.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/client.ts';
import type { Failures } from './failures.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Metrics } from './metrics.ts';
import type { Objects } from './objects/objects.ts';
import type { PictureLinks } from './pictures/picture-links.ts';
import type { Presence } from './presence/presence.ts';
import type { Pusher } from './push/pusher.ts';
import type { RedisMemory } from './redis/memory.ts';
import type { Revocations } from './revocations.ts';
import type { Audience } from './rooms/audience.ts';
import type { Ephemera } from './rooms/ephemera.ts';
import type { Grants } from './rooms/grants.ts';
import type { RoomLog } from './rooms/log.ts';
import type { Sealing } from './sealing.ts';
import type { Sockets } from './sockets.ts';
import type { SubjectKeys } from './subject-keys/subject-keys.ts';
import type { Tokens } from './tokens.ts';

/** Everything a domain stands on. Handlers take the parts they need, not the whole. */
export interface Platform {
  config: Config;
  log: Log;
  metrics: Metrics;
  clock: Clock;
  /** Who calls, from the peer's address and what proxies say. */
  readCaller: ReadCaller;
  /** The primary. Nodes read through it; only workers write. */
  database: Database;
  /** For reads that may be a moment behind: the replica where one is set, else the primary. */
  replica: Database;
  /** One connection for each role; the URLs may all be the same server. */
  redis: { log: Redis; jobs: Redis; cache: Redis };
  /** Of the Redis that holds the rooms' logs. */
  memory: RedisMemory;
  sealing: Sealing;
  /** Encrypts people's data with their own keys. */
  subjectKeys: SubjectKeys;
  tokens: Tokens;
  /** Counts wrong guesses over all nodes. */
  failures: Failures;
  revocations: Revocations;
  rooms: RoomLog;
  grants: Grants;
  ephemera: Ephemera;
  /** Empty where no sockets are taken in. */
  audience: Audience;
  jobs: Jobs;
  presence: Presence;
  sockets: Sockets;
  /** Uploaded files and what is made of them. */
  objects: Objects;
  /** Signed addresses of stored pictures. */
  pictures: PictureLinks;
  /** Null where no mail server is named. */
  mailer: Mailer | null;
  /** Null where there is no VAPID key. */
  pusher: Pusher | null;
}
