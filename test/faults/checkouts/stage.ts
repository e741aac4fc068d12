import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { createSandboxStore, type SandboxStore } from '../../../src/domains/payments/sandbox/sandbox.store.ts';
import { checkpointFolder } from '../../../src/platform/audit/checkpoint-files.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { type Database, openDatabase } from '../../../src/platform/db/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createTokens } from '../../../src/platform/tokens.ts';
import { makeUsers } from '../../domains/social/support/rows.ts';
import { type Cluster, type ClusterPlan, startCluster } from '../../support/cluster.ts';
import { type OwnRedis, type OwnServer, ownPostgres, ownRedis } from '../../support/own-servers.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { createAsking } from './asking.ts';
import { createRandom } from './random.ts';

/** What of a ticket goes back to who cancels early, in hundredths of a percent. */
export const REFUND_BASIS_POINTS = 8_000;

/** A cluster on durable servers of its own, with events on sale. */
export interface Stage {
  cluster: Cluster;
  postgres: OwnServer;
  redisServer: OwnRedis;
  database: Database;
  redis: Redis;
  sandbox: SandboxStore;
  auditFolder: string;
  buyers: string[];
  sales: readonly [Sale, ...Sale[]];
  /** An access token for somebody, as if they had logged in. */
  tokenOf: (userId: string, role?: string) => Promise<string>;
  close: () => Promise<void>;
}

/** An event on sale. */
export interface Sale {
  eventId: string;
  ticketTypeIds: readonly [string, string];
  /** Limited codes. */
  codes: readonly [string, string];
}

export interface StagePlan extends Pick<ClusterPlan, 'nodes' | 'workers' | 'through' | 'program'> {
  /** Who want two tickets each on average. */
  buyers: number;
  /** Seats for each of them; a crowd that is not served whole when absent. */
  seatsEach?: number;
  /** Among how many they choose; one that all want when absent. */
  events?: number;
  /** Where PostgreSQL keeps its data. */
  postgresFolder?: string;
}

/** Starts the servers and puts events on sale. */
export const openStage = async (stagePlan: StagePlan): Promise<Stage> => {
  const { buyers: count, seatsEach = 1.1, events = 1, postgresFolder, ...plan } = stagePlan;
  const [redisServer, postgres] = await Promise.all([ownRedis({ appendOnly: 'always' }), ownPostgres(postgresFolder)]);
  const key = JSON.stringify({
    ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
    kid: 'checkouts',
  });
  const dataDir = scratchFolder();
  const environment = {
    SIGNING_KEY: key,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    RALLY_DATA_DIR: dataDir,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
  };
  const urls = { databaseUrl: postgres.url, redisUrl: redisServer.url };
  const cluster = await startCluster({ ...plan, ...urls, environment });
  const tokens = await createTokens(key, systemClock);
  const database = openDatabase(postgres.url, 4);
  const redis = new Redis(redisServer.url);
  const close = async (): Promise<void> => {
    await cluster.stop();
    await database.$disconnect();
    redis.disconnect();
    await Promise.all([redisServer.stop(), postgres.stop()]);
  };
  const tokenOf = async (userId: string, role = 'USER') =>
    (await tokens.issue({ userId, sessionId: newId(), role })).token;
  const opened = { cluster, postgres, redisServer, database, redis, tokenOf, close };
  try {
    const sold = await putOnSale(opened, { buyers: count, seatsEach, events });
    return { ...opened, ...sold, sandbox: createSandboxStore(redis), auditFolder: checkpointFolder(dataDir) };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Makes people, and events of some of them that the others want to go to. */
const putOnSale = async (
  { cluster, database, tokenOf }: Pick<Stage, 'cluster' | 'database' | 'tokenOf'>,
  { buyers: count, seatsEach, events }: Required<Pick<StagePlan, 'buyers' | 'seatsEach' | 'events'>>,
): Promise<Pick<Stage, 'buyers' | 'sales'>> => {
  // Prices and rates that do not divide: what is split has to be rounded.
  await database.commissionConfig.create({ data: { scope: 'GLOBAL', rateBasisPoints: 725, fixedAmount: 333n } });
  const hosts = await makeUsers(database, events);
  const buyers = await makeUsers(database, count);
  const url = cluster.nodes[0]?.url ?? '';
  const open = async (host: string, place: number): Promise<Sale> => {
    const token = await tokenOf(host);
    return sell({
      url,
      token,
      place,
      count: Math.ceil(count / events),
      seats: Math.ceil((count / events) * seatsEach),
    });
  };
  const [first, ...others] = await Promise.all(hosts.map(open));
  if (first === undefined) throw new Error('there is no event to sell');
  return { buyers, sales: [first, ...others] };
};

interface Selling {
  url: string;
  token: string;
  place: number;
  /** Buyers it is made for. */
  count: number;
  seats: number;
}

const inDays = (days: number): string => new Date(Date.now() + days * 24 * 3_600_000).toISOString();

const sell = async ({ url, token, place, count, seats }: Selling): Promise<Sale> => {
  // On a busy machine the first calls of a process may come too late.
  const asking = createAsking({ nodeUrls: [url], token, random: createRandom(place), onAnswer: () => undefined });
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await asking.post(path, body);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const policy = await post('/v1/cancellation-policies', {
    name: 'Most of it until a day before',
    steps: [{ hoursBefore: 24, refundBasisPoints: REFUND_BASIS_POINTS }],
  });
  const { id } = await post('/v1/events', {
    title: 'A crowded evening',
    description: 'More people than seats',
    startDate: inDays(30),
    endDate: inDays(31),
    cancellationPolicyId: policy.id,
    maxParticipants: seats,
    ticketTypes: [
      { name: 'Regular', price: 33_333, capacity: Math.ceil(seats * 0.82) },
      { name: 'Front', price: 100_007, capacity: Math.ceil(seats * 0.36) },
    ],
  });
  const eventId = String(id);
  const event = await post(`/v1/events/${eventId}/publish`, {});
  const codes = [`SAVE-${place}`, `OFF-${place}`] as const;
  const [save, off] = codes;
  const maxTotal = Math.ceil(count / 10);
  const limited = { eventId, maxTotal, restoreOnRefund: true };
  await post('/v1/promo-codes', { ...limited, code: save, kind: 'PERCENT', percentBasisPoints: 1_500 });
  await post('/v1/promo-codes', {
    ...limited,
    code: off,
    kind: 'FIXED_AMOUNT',
    unit: 'PER_TICKET',
    amountMinor: 1_001,
  });
  // Safe: an event is answered with its types in the order they were given.
  const [regular, front] = event.ticketTypes as [{ id: string }, { id: string }];
  return { eventId, ticketTypeIds: [regular.id, front.id], codes };
};
