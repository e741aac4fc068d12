import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractsIn } from '../../../src/http/documents/contracts.ts';
import { createDocuments } from '../../../src/http/documents/documents.ts';
import { topics } from '../../../src/sdk/contract.ts';
import { launchChromium } from '../../support/chromium.ts';

let server: ServerType;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  const { fetch } = createDocuments(contractsIn(Object.values(topics)));
  origin = await new Promise((resolve) => {
    server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Opens the page and keeps an account of what it asked for and what went wrong. */
const openDocs = async (path: string): Promise<{ page: Page; asked: string[]; wrong: string[] }> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  // The viewer of the live connection draws for as long as a busy machine makes it.
  page.setDefaultTimeout(90_000);
  const asked: string[] = [];
  const wrong: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  await page.goto(`${origin}${path}`);
  return { page, asked, wrong };
};

/** What the viewer writes into the id of an operation's block beside the operation's own id. */
const DECORATION = /^operations-\w+-|\\/g;

/** Opens a topic, and closes it again: when many are open, the viewer draws only what is on the screen. */
const operationsUnder = async (page: Page, topic: string): Promise<string[]> => {
  const heading = page.locator(`#${topic}`);
  const blocks = page.locator('.opblock');
  await heading.click();
  await blocks.first().waitFor();
  const ids = await blocks.evaluateAll((all) => all.map(({ id }) => id));
  await heading.click();
  await blocks.first().waitFor({ state: 'detached' });
  return ids.map((id) => id.replaceAll(DECORATION, ''));
};

/** The names of all operations by their topic, as the document says it to the viewer: all there are, each once. */
const describedOperations = async (): Promise<Map<string, string[]>> => {
  interface Described {
    operationId: string;
    tags: [string];
  }
  const { paths } = (await (await fetch(`${origin}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Described>>;
  };
  const described = Object.values(paths).flatMap((methods) =>
    Object.values(methods).filter(({ operationId }) => operationId !== undefined),
  );
  const routed = contractsIn(Object.values(topics)).operations.filter(({ http, file }) => http ?? file);
  expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(routed.map(({ name }) => name).toSorted());
  const names = new Map<string, string[]>();
  for (const { operationId, tags } of described) names.set(tags[0], [...(names.get(tags[0]) ?? []), operationId]);
  return names;
};

const outside = (asked: string[]): string[] =>
  asked.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(origin));

describe('/docs', () => {
  test('lists every topic on opening, with its HTTP operations under it, and asks no other host', async () => {
    const { page, asked, wrong } = await openDocs('/docs');
    await page.locator('.opblock-tag').first().waitFor();
    const headings = await page.locator('.opblock-tag').evaluateAll((tags) => tags.map(({ id }) => id));
    const namesByTopic = await describedOperations();
    expect(headings).toHaveLength(namesByTopic.size);
    // Drawing takes the viewer a while; what it does for a topic it does for all.
    const [first = '', second = ''] = headings;
    for (const heading of [first, second, headings.at(-1) ?? '']) {
      const topic = heading.split('-').at(-1) ?? '';
      expect(namesByTopic.get(topic)).not.toBeUndefined();
      expect((await operationsUnder(page, heading)).toSorted()).toEqual(namesByTopic.get(topic)?.toSorted());
    }
    expect(outside(asked)).toEqual([]);
    expect(wrong).toEqual([]);
  });

  test('shows every call and signal of a live connection, which the viewer finds valid, and asks no other host', async () => {
    const { page, asked, wrong } = await openDocs('/docs#live');
    const headings = page.locator('#live [id^="operation-"]');
    await headings.first().waitFor();
    const { operations, signals } = contractsIn(Object.values(topics));
    expect(await headings.count()).toBeGreaterThanOrEqual(operations.length + signals.length);
    expect(await page.locator('#live').innerText()).toContain('chat.send');
    expect(await page.locator('#live').getByText('There are errors').count()).toBe(0);
    expect(outside(asked)).toEqual([]);
    expect(wrong).toEqual([]);
  });
});

test('serves the files of the page and nothing else', async () => {
  expect((await fetch(`${origin}/docs/page.js`)).headers.get('content-type')).toContain('javascript');
  for (const name of ['package.json', '..%2Fpage.html', 'constructor', 'index.js']) {
    expect((await fetch(`${origin}/docs/${name}`)).status).toBe(404);
  }
});
