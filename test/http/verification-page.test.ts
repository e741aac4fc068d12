import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpServer, openServer } from './open-server.ts';

let server: HttpServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server?.close());

test('the page of a link is the same for every link, may not be kept or framed, and loads nothing', async () => {
  const pages = ['/verify-email', '/verify-email?token=x#y'].map((path) => fetch(`${server.url}${path}`));
  const [page, other] = await Promise.all(pages);
  expect(page?.status).toBe(200);
  expect(page?.headers.get('cache-control')).toBe('no-store');
  expect(page?.headers.get('referrer-policy')).toBe('no-referrer');
  const policy = page?.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  const html = (await page?.text()) ?? '';
  expect(html).toContain('<button type="button">Confirm</button>');
  expect(await other?.text()).toBe(html);
  expect(html).not.toMatch(/(src|href)=/);
});
