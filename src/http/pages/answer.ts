import { createHash } from 'node:crypto';
import type { AppContext } from '../app-env.ts';

/** Seconds for which anybody may keep a page: seats left are that old at most. */
const KEPT_SECONDS = 60;

/**
 * A page loads its own style, script and pictures, sends forms to its own server, and nothing else.
 * @param pictureOrigin where pictures are, when the operator named another address of this server; empty otherwise
 */
export const pagePolicy = (pictureOrigin: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "manifest-src 'self'",
    `img-src 'self'${pictureOrigin === '' ? '' : ` ${pictureOrigin}`}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

interface Body {
  text: string;
  type: string;
  status?: 200 | 400 | 404 | 429 | 500 | 503;
  /** Anybody may keep the answer for so many seconds; 0 forbids it. */
  keptSeconds?: number;
  headers?: Record<string, string>;
}

/** A text that is the same for everybody who asks in this language, with a tag by which a copy is found to be good still. */
export const answerText = (
  c: AppContext,
  { text, type, status = 200, keptSeconds = KEPT_SECONDS, headers = {} }: Body,
): Response => {
  const tag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const kept =
    status === 200 && keptSeconds > 0
      ? { etag: tag, 'cache-control': `public, max-age=${keptSeconds}, stale-while-revalidate=${keptSeconds * 5}` }
      : { 'cache-control': 'no-store' };
  const all = { 'content-type': type, vary: 'Accept-Language', ...kept, ...headers };
  const length = String(Buffer.byteLength(text));
  if (status === 200 && isKnown(c.req.header('if-none-match'), tag)) return c.body(null, 304, all);
  return c.body(text, status, { ...all, 'content-length': length });
};

const isKnown = (known: string | undefined, tag: string): boolean =>
  known?.split(',').some((each) => each.trim().replace(/^W\//, '') === tag.replace(/^W\//, '')) ?? false;
