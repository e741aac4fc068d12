import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { compress } from 'hono/compress';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** All files the page needs, by the name they are asked for under `/docs/`; nothing else is served. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['page.css', join(HERE, 'page/page.css')],
  ['page.js', join(HERE, 'page/page.js')],
  ['swagger-ui.css', join(SWAGGER, 'swagger-ui.css')],
  ['swagger-ui-bundle.js', join(SWAGGER, 'swagger-ui-bundle.js')],
  ['asyncapi.css', join(HERE, 'vendor/asyncapi/default.min.css')],
  ['asyncapi.js', join(HERE, 'vendor/asyncapi/index.js')],
]);

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/**
 * Keeps the page to this host. The viewers style their elements inline and draw icons from data URLs; the live one
 * compiles the schemas of the AsyncAPI specification to functions.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page that shows both documents, with the viewers it needs. */
export const createDocsPage = (): Hono => {
  const app = new Hono();
  app.use(compress());
  app.get('/', () => serve(join(HERE, 'page/page.html'), { 'content-security-policy': POLICY }));
  app.get('/:file', async (c) => {
    const path = FILES.get(c.req.param('file'));
    return path ? serve(path, { 'cache-control': 'public, max-age=3600' }) : c.notFound();
  });
  return app;
};

const serve = async (path: string, headers: Record<string, string>): Promise<Response> =>
  new Response(await readFile(path), { headers: { 'content-type': TYPES[extname(path)] ?? '', ...headers } });
