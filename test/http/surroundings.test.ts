import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { serveConsole } from '../../src/http/console.ts';
import { newId } from '../../src/platform/ids.ts';
import { freshDatabase, refuseWrites } from '../support/databases.ts';
import { ownPostgres, ownRedis } from '../support/own-servers.ts';
import { type HttpServer, openServer } from './open-server.ts';

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
const open = async (options = {}): Promise<HttpServer> => {
  server = await openServer(options);
  return server;
};

test('serves health, metrics, keys and documents', async () => {
  const { url } = await open();
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'up' });
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
    status: 'ready',
    checks: { postgres: 'up', 'redis.log': 'up', 'redis.jobs': 'up', 'redis.cache': 'up' },
  });
  await fetch(`${url}/v1/rooms/origin`);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('operation="echo.origin",code="OK"} 1');
  const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: object[] };
  expect(keys).toEqual([expect.objectContaining({ kty: 'OKP', crv: 'Ed25519', kid: expect.any(String) })]);
  expect(keys[0]).not.toHaveProperty('d');
  expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  expect(await (await fetch(`${url}/asyncapi.json`)).json()).toMatchObject({ asyncapi: expect.stringMatching(/^3/) });
  const docs = await fetch(`${url}/docs`);
  expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await docs.text()).toContain('<html');
});

test('tells the metrics to this machine and private networks only, whoever passes the question on', async () => {
  const { url } = await open({ environment: { TRUSTED_PROXIES: '10.9.0.0/16' } });
  const statusFor = async (forwardedFor: string) =>
    (await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': forwardedFor } })).status;
  expect(await statusFor('10.0.0.7')).toBe(200);
  expect(await statusFor('203.0.113.7')).toBe(404);
  expect(await statusFor('10.0.0.7, 203.0.113.7, 10.9.0.1')).toBe(404);
  await server?.close();
  const closed = await open({ environment: { METRICS_ALLOW: '192.0.2.0/24' } });
  const refused = await fetch(`${closed.url}/metrics`);
  expect(refused.status).toBe(404);
  expect(await refused.json()).toMatchObject({ code: 'NOT_FOUND' });
});

test('gives each document once: compressed, and then only its tag', async () => {
  const { url } = await open();
  for (const document of ['openapi.json', 'asyncapi.json']) {
    const plain = await fetch(`${url}/${document}`, { headers: { 'accept-encoding': 'identity' } });
    const text = await plain.text();
    expect(plain.headers.get('content-encoding')).toBeNull();
    for (const encoding of ['br', 'gzip']) {
      const headers = { 'accept-encoding': `${encoding}, deflate;q=0.5` };
      const answer = await fetch(`${url}/${document}`, { headers });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(await answer.text()).toBe(text);
      const etag = answer.headers.get('etag') ?? '';
      expect(etag).not.toBe(plain.headers.get('etag'));
      const again = await fetch(`${url}/${document}`, {
        headers: { ...headers, 'if-none-match': `"other", W/${etag}` },
      });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
    const refused = await fetch(`${url}/${document}`, { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } });
    expect(refused.headers.get('content-encoding')).toBeNull();
  }
});

test('lets nobody keep what is answered to a person', async () => {
  const { url, platform } = await open();
  const { token } = await platform.tokens.issue({ userId: newId(), sessionId: newId(), role: 'USER' });
  const kept = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${url}${path}`, { headers })).headers.get('cache-control');
  expect(await kept('/v1/whoami', { authorization: `Bearer ${token}` })).toBe('no-store');
  expect(await kept('/v1/whoami', { authorization: 'Bearer nonsense' })).toBe('no-store');
  expect(await kept('/v1/auth/login')).toBe('no-store');
  expect(await kept('/v1/rooms/origin')).toBeNull();
});

test('is not ready while draining, but alive', async () => {
  const { url, setDraining } = await open();
  setDraining(true);
  const ready = await fetch(`${url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ status: 'draining' });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('names what is down, within its deadline, and is ready again when it is back', async () => {
  const [postgres, redis] = await Promise.all([ownPostgres(), ownRedis()]);
  const { url } = await open({ databaseUrl: postgres.url, redisUrl: redis.url });
  const checks = async () => ((await (await fetch(`${url}/readyz`)).json()) as { checks: object }).checks;
  const all = (state: string) => ({ 'redis.log': state, 'redis.jobs': state, 'redis.cache': state });

  await redis.kill();
  await expect.poll(checks, { timeout: 5_000 }).toEqual({ postgres: 'up', ...all('down') });
  await postgres.kill();
  const startedAt = performance.now();
  await expect.poll(checks, { timeout: 5_000 }).toEqual({ postgres: 'down', ...all('down') });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await Promise.all([postgres.restart(), redis.restart()]);
  await expect.poll(checks, { timeout: 20_000 }).toEqual({ postgres: 'up', ...all('up') });
  await server?.close();
  server = undefined;
  await Promise.all([postgres.stop(), redis.stop()]);
});

test('is not ready while PostgreSQL refuses writes, as a standby does', async () => {
  const databaseUrl = await freshDatabase();
  await refuseWrites(databaseUrl);
  const { url } = await open({ databaseUrl });
  const ready = await fetch(`${url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ status: 'unready', checks: { postgres: 'down', 'redis.log': 'up' } });
});

test('serves the console’s own files and nothing beside them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-'));
  const root = join(folder, 'web');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(root, '.vite'));
  writeFileSync(join(root, '.vite/manifest.json'), '{}');
  writeFileSync(join(root, 'app.html'), '<html>the app</html>');
  writeFileSync(join(root, 'scan.html'), '<html>scanner</html>');
  writeFileSync(join(root, 'assets/app-1a2b.js'), 'let a = 1;');
  writeFileSync(join(root, 'assets/app-1a2b.js.br'), brotliCompressSync('let a = 1;'));
  writeFileSync(join(root, 'assets/app-1a2b.js.gz'), gzipSync('let a = 1;'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const app = new Hono().use(serveConsole(root) as never);
  try {
    const page = await app.request('/app');
    expect(await page.text()).toContain('the app');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const connectFor = async (host: string) =>
      /connect-src ([^;]*)/.exec(
        (await app.request('/app', { headers: { host } })).headers.get('content-security-policy') ?? '',
      )?.[1];
    expect(await connectFor('rally.example:8080')).toBe("'self' ws://rally.example:8080 wss://rally.example:8080");
    expect(await connectFor("evil.example; script-src 'unsafe-inline'")).toBe("'self'");
    const etag = page.headers.get('etag') ?? '';
    expect((await app.request('/app', { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await app.request('/app', { method: 'HEAD' })).status).toBe(200);
    const script = await app.request('/assets/app-1a2b.js');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    // A worker that is made of this file may use WebAssembly, which the page may not.
    expect(script.headers.get('content-security-policy')).toContain("'wasm-unsafe-eval'");
    expect(page.headers.get('content-security-policy')).not.toContain('wasm');
    const words = async (path: string) => (await app.request(path)).text();
    expect(await words('/scan')).toContain('scanner');
    for (const path of ['/app/chats', '/host', '/host/events/1/live', '/app/live/1', '/sign-in', '/register']) {
      expect(await words(path), path).toContain('the app');
    }
    const taking = (accepted: string) =>
      app.request('/assets/app-1a2b.js', { headers: { 'accept-encoding': accepted } });
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await taking(accepted);
      expect(answer.headers.get('content-encoding'), accepted).toBe(encoding);
      expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    }
    const small = Buffer.from(await (await taking('br')).arrayBuffer());
    expect(brotliDecompressSync(small).toString()).toBe('let a = 1;');
    for (const path of [
      '/secret.txt',
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets',
      '/',
      '/hostess',
      '/scan/1',
      '/application',
      '/assets/app-1a2b.js.br',
      '/.vite/manifest.json',
    ]) {
      expect((await app.request(path)).status).toBe(404);
    }
    expect((await app.request('/app', { method: 'POST' })).status).toBe(404);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
