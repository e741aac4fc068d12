import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.ts';

/** Where the build puts the console; the same from `src/http` and from `dist/http`. */
const ROOT = fileURLToPath(new URL('../../dist/web/', import.meta.url));

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const HOST = /^[\w.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i;

/** The page talks to its own host alone; sockets are named apart for browsers whose 'self' does not include them. */
const policyFor = (host: string): string => {
  const sockets = HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    `connect-src 'self'${sockets}`,
    "img-src 'self' data: blob:",
    "style-src 'self' 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
};

/** A worker obeys the policy of its own file; the one that reads pictures is WebAssembly. */
const WORKER_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** The pages that stand at addresses of their own, each with the file that shows it. */
const PAGES: readonly [address: RegExp, file: string][] = [
  [/^\/(?:app|host|sign-in|register)(?:\/|$)/, '/app.html'],
  [/^\/scan$/, '/scan.html'],
];

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

interface Asset {
  file: string;
  headers: Record<string, string>;
  /** The ways in which the build has compressed it, the smallest first. */
  encodings: readonly Encoding[];
}

/** An encoding by its name in HTTP, with the ending of the copy that the build makes. */
const ENCODINGS = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof ENCODINGS;

/** Serves the files of the built console, listed once: what is not on the list does not exist. */
export const serveConsole = (root: string = ROOT): MiddlewareHandler<AppEnv> => {
  const assets = listAssets(root);
  return async (c, next) => {
    const page = PAGES.find(([address]) => address.test(c.req.path));
    const asset = assets.get(page?.[1] ?? c.req.path);
    if (!asset || !READING.has(c.req.method)) return next();
    const encoding = asset.encodings.find((each) => isTaken(each, c.req.header('accept-encoding') ?? ''));
    const headers = {
      ...asset.headers,
      ...policyOf(asset.file, c.req.header('host') ?? ''),
      ...(encoding ? { 'content-encoding': encoding } : {}),
    };
    if (c.req.header('if-none-match') === asset.headers.etag) return c.body(null, 304, headers);
    const bytes = await readFile(asset.file + (encoding ? ENCODINGS[encoding] : ''));
    return c.body(bytes, 200, { ...headers, 'content-length': String(bytes.length) });
  };
};

/** RFC 9110, 12.5.3: named, and not with a weight of nothing. */
const isTaken = (encoding: Encoding, accepted: string): boolean =>
  accepted.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    return name === encoding && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
  });

const policyOf = (file: string, host: string): Record<string, string> => {
  if (extname(file) === '.html') return { 'content-security-policy': policyFor(host) };
  return extname(file) === '.js' ? { 'content-security-policy': WORKER_POLICY } : {};
};

const listAssets = (root: string): ReadonlyMap<string, Asset> => {
  if (!existsSync(root)) return new Map();
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const known = new Set(files);
  const served = files.filter((file) => !COPY.test(file) && !relative(root, file).startsWith('.'));
  return new Map(served.map((file) => [pathOf(root, file), describe(root, file, known)]));
};

const COPY = /\.(br|gz)$/;

const pathOf = (root: string, file: string): string => `/${relative(root, file).replaceAll('\\', '/')}`;

const describe = (root: string, file: string, known: ReadonlySet<string>): Asset => {
  // Safe: the names are those of the table.
  const encodings = (Object.keys(ENCODINGS) as Encoding[]).filter((each) => known.has(file + ENCODINGS[each]));
  return { file, encodings, headers: headersOf(pathOf(root, file), file) };
};

const typeOf = (file: string): string => TYPES[extname(file)] ?? 'application/octet-stream';

const headersOf = (path: string, file: string): Record<string, string> => {
  const { size, mtimeMs } = statSync(file);
  return {
    'content-type': typeOf(file),
    vary: 'Accept-Encoding',
    etag: `W/"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`,
    // The build names what lies in assets/ by its content; everything else is asked for anew.
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
};
