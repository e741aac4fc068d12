import { once } from 'node:events';
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpServer, openServer } from './open-server.ts';

let server: HttpServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server?.close());

/** As the bytes came: `fetch` opens what is compressed. */
const ask = async (path: string, accepted: string) => {
  const asked = request(`${server.url}${path}`, { headers: { 'accept-encoding': accepted } });
  asked.end();
  const [answer] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { headers: answer.headers, bytes: Buffer.concat(chunks) };
};

test('a long text is compressed for who takes it so, and only for them', async () => {
  const [plain, small] = [await ask('/openapi.json', 'identity'), await ask('/openapi.json', 'gzip, deflate, br')];
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(small.headers['content-encoding']).toBe('gzip');
  expect(small.headers.vary).toContain('Accept-Encoding');
  expect(gunzipSync(small.bytes).equals(plain.bytes)).toBe(true);
  expect(small.bytes.length).toBeLessThan(plain.bytes.length / 4);
});

test.each(['/livez', '/v1/auth/none', '/v1/tickets/1/proof'])('%s stays as it is', async (path) => {
  expect((await ask(path, 'gzip')).headers['content-encoding']).toBeUndefined();
});
