import { Hono } from 'hono';
import type { Platform } from '../platform/platform.ts';
import type { AppContext, AppEnv } from './app-env.ts';

export interface HealthParts {
  platform: Pick<Platform, 'config' | 'database' | 'memory' | 'metrics' | 'readCaller' | 'redis' | 'tokens'>;
  /** True from the moment the process was asked to stop. */
  isDraining: () => boolean;
}

/** A dependency that has not answered by then counts as down. */
const DEADLINE_MS = 1_000;
/** An answer is good for this long, so that whoever asks often does not load the databases. */
const GOOD_FOR_MS = 500;

type Checks = Record<string, 'up' | 'down' | 'full'>;

/** `/healthz`, `/readyz`, `/metrics` and `/.well-known/jwks.json`. */
export const createHealth = ({ platform, isDraining }: HealthParts): Hono<AppEnv> => {
  const { metrics, tokens } = platform;
  const check = remembered(() => checkDependencies(platform));
  const app = new Hono<AppEnv>();
  app.get('/healthz', (c) => c.json({ status: 'up' }));
  app.get('/readyz', async (c) => {
    const checks = await check();
    const standing = Object.values(checks).every((each) => each === 'up') ? 'ready' : 'unready';
    const status = isDraining() ? 'draining' : standing;
    return c.json({ status, checks }, status === 'ready' ? 200 : 503, { 'cache-control': 'no-store' });
  });
  app.get('/metrics', async (c) => {
    if (!mayReadMetrics(c, platform)) return c.notFound();
    return c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  app.get('/.well-known/jwks.json', (c) => c.json(tokens.jwks(), 200, { 'cache-control': 'public, max-age=300' }));
  return app;
};

/** Judged by who asks, not by the balancer that asks for them; a peer that claims to speak for others may not. */
const mayReadMetrics = (c: AppContext, { config, readCaller }: HealthParts['platform']): boolean => {
  const peer = c.env.incoming.socket.remoteAddress ?? '';
  const { address, isDoubtful } = readCaller(peer, c.req.header('x-forwarded-for'));
  return !isDoubtful && config.metricsAllow.has(address);
};

const checkDependencies = async ({ database, memory, redis }: HealthParts['platform']): Promise<Checks> => {
  const answers = { postgres: () => askForWrites(database), ...pings(redis) };
  const checks = await Promise.all(
    Object.entries(answers).map(async ([name, ask]) => [name, await isUp(ask)] as const),
  );
  return { ...Object.fromEntries(checks), ...(memory.isNearlyFull() ? { 'redis.memory': 'full' } : {}) };
};

/** A standby that was taken for the primary answers, and refuses every write. @throws Error when it does */
const askForWrites = async (database: Platform['database']): Promise<void> => {
  const [row] = await database.$queryRaw<{ refuses: boolean }[]>`
    SELECT current_setting('transaction_read_only') = 'on' AS refuses`;
  if (row?.refuses !== false) throw new Error('PostgreSQL is read-only');
};

const pings = (redis: Platform['redis']): Record<string, () => Promise<unknown>> =>
  Object.fromEntries(Object.entries(redis).map(([role, connection]) => [`redis.${role}`, () => connection.ping()]));

const isUp = async (ask: () => Promise<unknown>): Promise<'up' | 'down'> => {
  const late = new Promise<'down'>((resolve) => setTimeout(resolve, DEADLINE_MS, 'down').unref());
  const answered = ask().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return Promise.race([answered, late]);
};

/** Those who ask at once share one check. */
const remembered = (check: () => Promise<Checks>): (() => Promise<Checks>) => {
  let last: Promise<Checks> | undefined;
  let goodUntilMs = 0;
  return () => {
    if (last && performance.now() < goodUntilMs) return last;
    goodUntilMs = performance.now() + GOOD_FOR_MS;
    last = check();
    return last;
  };
};
