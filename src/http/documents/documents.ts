import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
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
  app.get('/openapi.json', (c) => c.body(openapi, 200, JSON_TYPE));
  app.get('/asyncapi.json', (c) => c.body(asyncapi, 200, JSON_TYPE));
  app.route('/docs', createDocsPage());
  return app;
};

/** Any page may read the documents: they hold nothing that is not public. */
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' };
