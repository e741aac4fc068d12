import type { Hono } from 'hono';
import { AppError, wireError } from '../kernel/errors.ts';
import { picturePath } from '../platform/pictures/picture-links.ts';
import { pictureName } from '../platform/pictures/picture-names.ts';
import type { Platform } from '../platform/platform.ts';
import type { AppContext, AppEnv } from './app-env.ts';
import { problemResponse } from './problem.ts';

type Ground = Pick<Platform, 'clock' | 'log' | 'objects' | 'pictures'>;

const FILE = /^(\d{1,5})\.webp$/;

/**
 * Pictures, to whoever has their signed address. No database is asked and no token: the address was given to those who
 * may see the picture, and opens it until the end of the next day, or until the picture is deleted.
 */
export const servePictures = (app: Hono<AppEnv>, ground: Ground): void => {
  app.get('/v1/media/files/:storageKey/:file', (c) => servePicture(c, ground));
};

const servePicture = async (c: AppContext, { clock, log, objects, pictures }: Ground): Promise<Response> => {
  const storageKey = c.req.param('storageKey') ?? '';
  const [, variant] = FILE.exec(c.req.param('file') ?? '') ?? [];
  const { expires = '', signature = '' } = c.req.query();
  const asked = { storageKey, variant: Number(variant ?? 0), expires, signature };
  const { pathname, search } = new URL(c.req.url);
  // One address for each picture and day: another spelling would be another entry in every cache on the way.
  if (`${pathname}${search}` !== picturePath(asked)) return notFound();
  const secondsLeft = pictures.secondsLeft(asked, clock.now());
  if (secondsLeft === null) return notFound();
  const name = pictureName(storageKey, asked.variant);
  // What is behind a name never changes.
  const tag = `"${storageKey.slice(0, 16)}-${asked.variant}"`;
  const headers = { ...HEADERS, etag: tag, 'cache-control': `public, max-age=${secondsLeft}, immutable` };
  try {
    if (c.req.header('if-none-match') === tag) {
      return (await objects.has(name)) ? new Response(null, { status: 304, headers }) : notFound();
    }
    const bytes = await objects.get(name);
    // Safe: no bytes here are shared between threads.
    return bytes ? new Response(bytes as Uint8Array<ArrayBuffer>, { headers }) : notFound();
  } catch (error) {
    log.warn({ err: error }, 'picture not served');
    const away = new AppError('OVERLOADED', 'Files cannot be read at the moment.', { retryAfterMs: 1_000 });
    return problemResponse(wireError(away));
  }
};

/** A picture is looked at on pages of any origin, and never run, whatever somebody got into it. */
const HEADERS = {
  'content-type': 'image/webp',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** The same for an address that was never good, is good no more, or leads to what was deleted. */
const notFound = (): Response => problemResponse(wireError(new AppError('NOT_FOUND', 'There is no such picture.')));
