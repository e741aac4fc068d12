import type { MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import type { AppEnv } from './app-env.ts';

/** Routes whose answers hold tokens and secrets. */
const SECRETS = /^\/v1\/(auth|webhooks|sandbox)\/|\/(proof|payments)$/;

const compressAnswer = compress({ threshold: 1_024 });

/**
 * Compresses texts of 1 kB and more for who takes them so. How long a compressed answer is tells whether what somebody put
 * into it stands beside it already (BREACH, https://breachattack.com). That needs a page that makes a reader's browser ask with
 * the reader's own rights, which no page can here: no cookie is ever looked at, and only the app itself knows the token it
 * sends along. Answers that hold secrets stay as they are all the same.
 */
export const compressed: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  // Whoever knows how long an answer is has said so; the others are a few words.
  if (SECRETS.test(c.req.path) || !c.res.headers.has('content-length')) return;
  await compressAnswer(c, async () => undefined);
};
