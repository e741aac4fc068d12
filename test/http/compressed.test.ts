import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newEvent } from '../domains/events/support/event-world.ts';
import { openPagesWorld, type PagesWorld } from './pages/support/open-pages.ts';

let world: PagesWorld;
beforeAll(async () => {
  world = await openPagesWorld();
  for (let each = 0; each < 5; each += 1) {
    await world.ask(world.people[0] ?? '', 'event.create', newEvent({ status: 'PUBLISHED' }));
  }
});
afterAll(() => world?.close());

/** As the bytes came: `fetch` opens what is compressed. */
const ask = async (path: string, accepted: string) => {
  const asked = request(`${world.url}${path}`, { headers: { 'accept-encoding': accepted } });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { headers: answer.headers, bytes: Buffer.concat(chunks) };
};

test.each(['/', '/v1/events'])('%s is compressed for who takes it so, and only for them', async (path) => {
  const [plain, small] = [await ask(path, 'identity'), await ask(path, 'gzip, deflate, br')];
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(small.headers['content-encoding']).toBe('gzip');
  expect(small.headers.vary).toContain('Accept-Encoding');
  expect(gunzipSync(small.bytes).length).toBe(plain.bytes.length);
  expect(small.bytes.length).toBeLessThan(plain.bytes.length / 1.5);
});

test.each(['/livez', '/v1/categories', '/v1/auth/none', '/v1/tickets/1/proof'])('%s stays as it is', async (path) => {
  expect((await ask(path, 'gzip')).headers['content-encoding']).toBeUndefined();
});
