import { Hono } from 'hono';
import type { Domain } from '../kernel/domain.ts';
import { AppError, wireError } from '../kernel/errors.ts';
import type { Runtime } from '../kernel/execute.ts';
import type { Platform } from '../platform/platform.ts';
import { topics } from '../sdk/contract.ts';
import type { AppContext, AppEnv } from './app-env.ts';
import { compressed } from './compressed.ts';
import { serveConsole } from './console.ts';
import { contractsIn } from './documents/contracts.ts';
import { createDocuments } from './documents/documents.ts';
import { exposeOperations } from './expose.ts';
import { exposeRaw } from './expose-raw.ts';
import { anyOrigin, keptByNobody, requestId, securityHeaders } from './headers.ts';
import { createHealth } from './health.ts';
import { servePages } from './pages/serve-pages.tsx';
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

/** A browser that opens an address asks for a page; programs that call the API do not. */
const isReadByAPerson = ({ req }: AppContext): boolean =>
  req.method === 'GET' && !req.path.startsWith('/v1/') && /\btext\/html\b/.test(req.header('accept') ?? '');

/** Everything that is served over HTTP. */
export const createHttpApp = ({ platform, domains, runtime, isDraining }: HttpParts): Hono<AppEnv> => {
  const app = new Hono<AppEnv>();
  app.use(requestId, securityHeaders, compressed);
  app.use('/v1/*', anyOrigin, keptByNobody);
  app.route('/', createHealth({ platform, isDraining }));
  const handlers = domains.flatMap(({ operations }) => operations);
  servePictures(app, platform);
  serveVerificationPage(app);
  exposeRaw(app, handlers, { platform, runtime });
  exposeOperations(app, handlers, { platform, runtime });
  app.route('/', createDocuments(contractsIn(Object.values(topics))));
  const pages = servePages(app, handlers, { platform, runtime });
  app.use(serveConsole());
  app.notFound((c) => {
    if (isReadByAPerson(c)) return pages.notFound(c);
    return problemResponse(wireError(new AppError('NOT_FOUND', `There is no ${c.req.method} ${c.req.path}.`)));
  });
  app.onError((error, c) => {
    platform.log.error({ err: error, requestId: c.get('requestId'), path: c.req.path }, 'request failed');
    const failure = new AppError('INTERNAL', 'Something went wrong on our side.');
    return isReadByAPerson(c) ? pages.failed(c, failure) : problemResponse(wireError(failure));
  });
  return app;
};
