import { createServer } from 'node:http';
import { type Assembly, assemble } from './assemble.ts';
import { createHttpListener } from './http/listener.ts';
import { passOverOtherUpgrades } from './http/other-upgrades.ts';
import { createCommits } from './platform/commits/create-commits.ts';
import { type Config, readConfig } from './platform/config.ts';
import { newId } from './platform/ids.ts';
import { listen } from './platform/listen.ts';
import { createLog, type Log } from './platform/log.ts';
import { createRuntime } from './platform/runtime.ts';
import { createGateway } from './realtime/gateway.ts';
import { persistRooms } from './workers/persist/persist-rooms.ts';
import { startWorkers } from './workers/start.ts';

/** Stops one role; together they have 30 s before the process is killed. */
type Stop = () => Promise<void>;

/** Serves sockets and HTTP on one port. */
const startNode = async ({ platform, domains, rooms, bus, feed, roomLog }: Assembly): Promise<Stop> => {
  const { config, log, redis, sealing } = platform;
  const nodeId = newId();
  const commits = await createCommits({ redis: redis.jobs, sealing, log });
  const runtime = createRuntime({ ...platform, commits });
  const operations = domains.flatMap((domain) => domain.operations);
  let draining = false;
  const server = createServer(createHttpListener({ platform, domains, runtime, isDraining: () => draining }));
  const gateway = config.roles.has('realtime')
    ? createGateway({ nodeId, platform, bus, feed, log: roomLog, runtime, operations, rooms })
    : null;
  gateway?.attach(server);
  if (gateway) passOverOtherUpgrades(server, ({ url }) => url?.startsWith(bus.io.path()) === true);
  const listener = await listen(server, config.port, config.nodeIndex);
  log.info({ nodeId, port: config.port, own: config.nodeIndex && config.port + config.nodeIndex }, 'listening');

  return async () => {
    draining = true;
    listener.close();
    server.closeIdleConnections();
    await gateway?.drain();
    commits.close();
    server.closeAllConnections();
  };
};

/** Commits operations, runs jobs, relays facts, and moves the rooms' logs into PostgreSQL. */
const startWorker = async ({ platform, domains, rooms }: Assembly): Promise<Stop> => {
  const { database, log, metrics, redis } = platform;
  const workers = await startWorkers(platform, domains);
  const persister = persistRooms({ redis: redis.log, database, rooms, logger: log, metrics });
  log.info('working');
  return async () => {
    await Promise.all([workers.stop(), persister.stop()]);
  };
};

const stopOnSignals = (stop: Stop, log: Log): void => {
  let stopping = false;
  const begin = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the process did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
  // The supervisor is gone, and with it whoever would stop this process later.
  process.on('disconnect', begin);
};

const start = async (config: Config, log: Log): Promise<void> => {
  if (config.production && config.payments.provider === 'SANDBOX') {
    log.warn('PAYMENT_PROVIDER is sandbox: everybody may approve their own payments, no money moves');
  }
  const assembly = await assemble(config, log);
  const stops: Stop[] = [];
  stopOnSignals(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await assembly.stop();
  }, log);
  if (config.roles.has('worker')) stops.push(await startWorker(assembly));
  if (config.roles.has('realtime') || config.roles.has('http')) stops.push(await startNode(assembly));
  process.send?.({ type: 'ready' });
};

const config = readConfig(process.env);
const log = createLog(config.logLevel, { roles: [...config.roles].join(','), pid: process.pid });
start(config, log).catch((error: unknown) => {
  log.fatal({ err: error }, 'the process could not start');
  process.exit(1);
});
