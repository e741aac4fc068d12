import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { asyncApi } from './asyncapi.ts';
import type { Contracts } from './contracts.ts';
import { createDocsPage } from './docs-page.ts';
import { openApi } from './openapi.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** Both documents as text; the same contracts give the same text, whatever their order. */
export const printDocuments = (contracts: Contracts): { openapi: string; asyncapi: string } => ({
  openapi: `${JSON.stringify(openApi(contracts.operations, version), null, 2)}\n`,
  asyncapi: `${JSON.stringify(asyncApi(contracts, version), null, 2)}\n`,
});

/** Serves `/openapi.json`, `/asyncapi.json` and `/docs`. Printed once, at the start: a contract that cannot be printed stops it. */
export const createDocuments = (contracts: Contracts): Hono => {
  const { openapi, asyncapi } = printDocuments(contracts);
  const app = new Hono();
  app.get('/openapi.json', serveText(openapi));
  app.get('/asyncapi.json', serveText(asyncapi));
  app.route('/docs', createDocsPage());
  return app;
};

/** Any page may read the documents: they hold nothing that is not public. */
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'access-control-allow-origin': '*',
  'cache-control': 'no-cache',
  vary: 'accept-encoding',
};

const ENCODERS = {
  br: (text: Buffer) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (text: Buffer) => gzipSync(text),
};
type Encoding = keyof typeof ENCODERS;

/** Megabytes that never change while the process runs: compressed once, when first asked for, and then told by their tag. */
const serveText = (text: string) => {
  const bytes = Buffer.from(text);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  const encoded = new Map<Encoding, Buffer>();
  const encode = (encoding: Encoding): Buffer => {
    const known = encoded.get(encoding) ?? ENCODERS[encoding](bytes);
    encoded.set(encoding, known);
    return known;
  };
  return (c: Context): Response => {
    const encoding = encodingFor(c.req.header('accept-encoding') ?? '');
    const headers = { ...HEADERS, etag: `"${digest}${encoding ? `-${encoding}` : ''}"` };
    if (isKnown(c.req.header('if-none-match') ?? '', headers.etag)) return c.body(null, 304, headers);
    if (!encoding) return c.body(text, 200, headers);
    return c.body(new Uint8Array(encode(encoding)), 200, { ...headers, 'content-encoding': encoding });
  };
};

const encodingFor = (accepted: string): Encoding | undefined => {
  const names = accepted.split(',').map((part) => /^\s*(\w+)(?!.*;\s*q=0(?:\.0*)?\s*$)/.exec(part)?.[1]?.toLowerCase());
  return (['br', 'gzip'] as const).find((encoding) => names.includes(encoding));
};

/** RFC 9110, section 13.1.2: compared weakly, as proxies weaken tags. */
const isKnown = (tags: string, etag: string): boolean =>
  tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
