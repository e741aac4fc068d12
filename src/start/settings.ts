import { z } from 'zod';
import { dataFolder } from '../platform/embedded/project-paths.ts';
import { SetupError } from '../platform/embedded/setup-error.ts';

const MAX_NODES = 64;

const Environment = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535 - MAX_NODES)
    .default(3000),
  NODES: z.coerce.number().int().min(1).max(MAX_NODES).default(2),
});

const REDIS_ROLES = ['REDIS_LOG_URL', 'REDIS_BUS_URL', 'REDIS_JOBS_URL', 'REDIS_CACHE_URL'];

/** What decides how much is started, and where. */
export interface StartSettings {
  /** All realtime nodes share it; node i also listens alone on `port + i`. */
  readonly port: number;
  readonly nodes: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly embedsPostgres: boolean;
  readonly embedsRedis: boolean;
  readonly isProduction: boolean;
}

/**
 * Reads what `npm start` itself obeys; the processes it starts read the rest.
 * @throws SetupError naming the variable that is wrong
 */
export function readSettings(environment: NodeJS.ProcessEnv): StartSettings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    throw new SetupError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  }
  return {
    port: parsed.data.PORT,
    nodes: parsed.data.NODES,
    dataDir: dataFolder(environment),
    embedsPostgres: !environment.DATABASE_URL,
    embedsRedis: !environment.REDIS_URL && !REDIS_ROLES.every((name) => environment[name]),
    isProduction: environment.NODE_ENV === 'production',
  };
}
