import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { newId } from '../platform/ids.ts';
import type { AppEnv } from './app-env.ts';

const REQUEST_ID = /^[\w.-]{1,128}$/;

/** Takes the caller's `X-Request-Id` or makes one, and gives it back: the same id stands in the logs. */
export const requestId: MiddlewareHandler<AppEnv> = async (c, next) => {
  const given = c.req.header('x-request-id') ?? '';
  const id = REQUEST_ID.test(given) ? given : newId();
  c.set('requestId', id);
  await next();
  c.header('x-request-id', id);
};

/** For everything that is not a page with rules of its own: nothing may be loaded, framed or guessed. */
const SECURITY: Record<string, string> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY)) if (!c.res.headers.has(name)) c.header(name, value);
};

/** What is answered to a person, tokens above all, is for that person: no cache between keeps it, nor the browser's. */
export const keptByNobody: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const isPersonal = c.req.header('authorization') !== undefined || c.req.path.startsWith('/v1/auth/');
  if (isPersonal && !c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
};

/** Pages of any origin may call: they need a token of their own, and no cookie is ever looked at. */
export const anyOrigin = cors({
  origin: '*',
  allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-request-id'],
  exposeHeaders: ['idempotency-replayed', 'retry-after', 'x-request-id'],
  maxAge: 86_400,
});
