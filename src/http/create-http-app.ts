import { Hono } from 'hono';
import type { Domain } from '../kernel/domain.ts';
import { AppError, wireError } from '../kernel/errors.ts';
import type { Runtime } from '../kernel/execute.ts';
import type { Platform } from '../platform/platform.ts';
import { topics } from '../sdk/contract.ts';
import type { AppEnv } from './app-env.ts';
import { serveConsole } from './console.ts';
import { contractsIn } from './documents/contracts.ts';
import { createDocuments } from './documents/documents.ts';
import { exposeOperations } from './expose.ts';
import { exposeRaw } from './expose-raw.ts';
import { anyOrigin, keptByNobody, requestId, securityHeaders } from './headers.ts';
import { createHealth } from './health.ts';
import { problemResponse } from './problem.ts';
import { servePictures } from './serve-pictures.ts';
import { serveVerificationPage } from './verification-page.ts';

export interface HttpParts {
  platform: Pick<
    Platform,
    | 'clock'
    | 'config'
    | 'database'
    | 'log'
    | 'metrics'
    | 'objects'
    | 'pictures'
    | 'readCaller'
    | 'memory'
    | 'redis'
    | 'revocations'
    | 'tokens'
  >;
  domains: Pick<Domain, 'operations'>[];
  runtime: Runtime;
  /** True from the moment the process was asked to stop. */
  isDraining: () => boolean;
}

/** Everything that is served over HTTP. */
export const createHttpApp = ({ platform, domains, runtime, isDraining }: HttpParts): Hono<AppEnv> => {
  const app = new Hono<AppEnv>();
  app.use(requestId, securityHeaders);
  app.use('/v1/*', anyOrigin, keptByNobody);
  app.route('/', createHealth({ platform, isDraining }));
  const handlers = domains.flatMap(({ operations }) => operations);
  servePictures(app, platform);
  serveVerificationPage(app);
  exposeRaw(app, handlers, { platform, runtime });
  exposeOperations(app, handlers, { platform, runtime });
  app.route('/', createDocuments(contractsIn(Object.values(topics))));
  app.use(serveConsole());
  app.notFound((c) =>
    problemResponse(wireError(new AppError('NOT_FOUND', `There is no ${c.req.method} ${c.req.path}.`))),
  );
  app.onError((error, c) => {
    platform.log.error({ err: error, requestId: c.get('requestId'), path: c.req.path }, 'request failed');
    return problemResponse(wireError(new AppError('INTERNAL', 'Something went wrong on our side.')));
  });
  return app;
};
