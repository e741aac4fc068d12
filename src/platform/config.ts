import { z } from 'zod';
import { type Networks, readNetworks } from './addresses.ts';
import { dataFolder } from './embedded/project-paths.ts';
import { ObjectEnvironment, type ObjectSettings, objectSettings } from './objects/object-settings.ts';
import { PaymentEnvironment, type PaymentSettings, paymentSettings } from './payment-settings.ts';
import { PushEnvironment, type PushSettings, pushSettings } from './push/push-settings.ts';

const port = z.coerce.number().int().min(1).max(65_535);

const Role = z.enum(['realtime', 'http', 'worker']);
export type Role = z.infer<typeof Role>;

const roles = z
  .string()
  .default('realtime,http,worker')
  .transform((list) => list.split(',').map((role) => role.trim()))
  .pipe(z.array(Role).min(1));

/** Networks in CIDR notation, separated by commas. */
const networks = z.string().transform((text, context): Networks => {
  try {
    return readNetworks(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});

/** This machine and the networks that are routed nowhere in public: RFC 1918, RFC 3927, RFC 4193, RFC 4291. */
const PRIVATE_NETWORKS =
  '127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, ::1/128, fc00::/7, fe80::/10';

/** Every variable a process reads. `npm start` fills in what it brings itself. */
const Environment = z.object({
  NODE_ENV: z.string().default('development'),
  /** Port that realtime and http share. */
  PORT: port.default(3000),
  /** Set by the supervisor: this node also listens alone on PORT + NODE_INDEX. */
  NODE_INDEX: z.coerce.number().int().min(1).optional(),
  ROLES: roles,
  DATABASE_URL: z.string().min(1),
  /** Reads that may be a moment old go here. */
  DATABASE_REPLICA_URL: z.string().min(1).optional(),
  REDIS_URL: z.string().min(1),
  REDIS_LOG_URL: z.string().min(1).optional(),
  REDIS_BUS_URL: z.string().min(1).optional(),
  REDIS_JOBS_URL: z.string().min(1).optional(),
  REDIS_CACHE_URL: z.string().min(1).optional(),
  /** Ed25519 private keys as JWK JSON: one key, or a set `{"keys":[…]}` whose first signs and whose others still verify. */
  SIGNING_KEY: z.string().min(1),
  /** 32 random bytes, base64; several, newest first, separated by commas while it is changed. */
  ENCRYPTION_KEY: z.string().min(1),
  /** Proxies, beside those on this machine, that are believed about whom they speak for. */
  TRUSTED_PROXIES: networks.prefault(''),
  /** Who may ask for the metrics. */
  METRICS_ALLOW: networks.prefault(PRIVATE_NETWORKS),
  /** Handshakes of sockets that a node takes from one address in a minute. */
  SOCKETS_PER_ADDRESS: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Where letters are handed over, smtp://user:password@host:port or smtps://; without it none is sent. */
  MAIL_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** The sender of every letter. */
  MAIL_FROM: z.string().min(3).default('Rally <no-reply@rally.example>'),
  ...PushEnvironment.shape,
  ...PaymentEnvironment.shape,
  ...ObjectEnvironment.shape,
});

/** Their names. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(Environment.shape);

export interface Config {
  production: boolean;
  port: number;
  nodeIndex: number | undefined;
  roles: ReadonlySet<Role>;
  databaseUrl: string;
  replicaUrl: string | undefined;
  redis: { log: string; bus: string; jobs: string; cache: string };
  signingKey: string;
  encryptionKey: string;
  /** What must outlive the process and lie outside of the databases: the audit's checkpoints. */
  dataDir: string;
  trustedProxies: Networks;
  metricsAllow: Networks;
  /** A minute, on one node. */
  socketsPerAddress: number;
  logLevel: string;
  mail: { url: string; from: string } | undefined;
  /** Undefined where nothing is pushed. */
  push: PushSettings | undefined;
  payments: PaymentSettings;
  /** Where uploaded files lie. */
  objects: ObjectSettings;
  /** Where clients reach the server, without a slash at its end; empty when nobody said. */
  publicUrl: string;
}

/**
 * Reads the environment once.
 * @throws Error naming every variable that is missing or wrong
 */
export const readConfig = (environment: NodeJS.ProcessEnv): Config => {
  const withRedis = { ...environment, REDIS_URL: environment.REDIS_URL ?? environment.REDIS_LOG_URL };
  const parsed = Environment.safeParse(withRedis);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not complete:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const dataDir = dataFolder(environment);
  return Object.freeze({
    production,
    port: env.PORT,
    nodeIndex: env.NODE_INDEX,
    roles: new Set(env.ROLES),
    databaseUrl: env.DATABASE_URL,
    replicaUrl: env.DATABASE_REPLICA_URL,
    redis: {
      log: env.REDIS_LOG_URL ?? env.REDIS_URL,
      bus: env.REDIS_BUS_URL ?? env.REDIS_URL,
      jobs: env.REDIS_JOBS_URL ?? env.REDIS_URL,
      cache: env.REDIS_CACHE_URL ?? env.REDIS_URL,
    },
    signingKey: env.SIGNING_KEY,
    encryptionKey: env.ENCRYPTION_KEY,
    dataDir,
    trustedProxies: env.TRUSTED_PROXIES,
    metricsAllow: env.METRICS_ALLOW,
    socketsPerAddress: env.SOCKETS_PER_ADDRESS,
    logLevel: env.LOG_LEVEL,
    mail: env.MAIL_URL === undefined ? undefined : { url: env.MAIL_URL, from: env.MAIL_FROM },
    push: pushSettings(env, { production, mailFrom: env.MAIL_FROM }),
    payments: paymentSettings(env, { production, port: env.PORT, encryptionKey: env.ENCRYPTION_KEY }),
    objects: objectSettings(env, dataDir),
    publicUrl: (env.PUBLIC_URL ?? '').replace(/\/+$/, ''),
  });
};
