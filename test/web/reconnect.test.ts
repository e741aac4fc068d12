import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, type RallyProcess, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import {
  isConnected,
  makeAccount,
  message,
  openPages,
  type Pages,
  registerByForm,
  send,
  startChat,
  wordsOf,
} from './support/pages.ts';

const ann = makeAccount('Ann', 'Archer');
const bob = makeAccount('Bob', 'Baker');

let cluster: Cluster;
let annNode: RallyProcess;
let pages: Pages;
let annPage: Page;
let bobPage: Page;

beforeAll(async () => {
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: await freshRedis() });
  const [first, second] = cluster.nodes;
  if (!first || !second) throw new Error('the cluster has no two nodes');
  annNode = first;
  pages = await openPages();
  annPage = await pages.open(first.url);
  bobPage = await pages.open(second.url);
  await registerByForm(annPage, ann);
  await registerByForm(bobPage, bob);
  await startChat(annPage, [bob]);
  await send(annPage, 'Before');
  await bobPage.getByRole('link', { name: /Ann Archer/ }).click();
  await message(bobPage, 'Before').waitFor();
}, 90_000);

afterAll(async () => {
  await pages?.close();
  await cluster?.stop();
});

const nodeOf = (page: Page): Promise<string | null> => page.locator('[data-node]').getAttribute('data-node');
const reconnecting = (page: Page) => page.locator('.connection').getByText('Reconnecting');

test('a killed node: what is written waits in sight, and arrives once and in order when a node is back', async () => {
  const before = await nodeOf(annPage);
  await annNode.kill();
  await reconnecting(annPage).waitFor();
  await send(annPage, 'Written while away');
  await send(annPage, 'And another line');
  await message(annPage, 'Written while away').getByText('Sending…').waitFor();
  await send(bobPage, 'Are you still there?');
  await annNode.restart();
  await isConnected(annPage);
  await message(annPage, 'Are you still there?').waitFor();
  await message(bobPage, 'And another line').waitFor();
  await until(async () => (await annPage.getByText('Sending…').count()) === 0);
  const whole = ['Before', 'Are you still there?', 'Written while away', 'And another line'];
  await expect.poll(() => wordsOf(bobPage)).toEqual(whole);
  await expect.poll(() => wordsOf(annPage)).toEqual(whole);
  expect(await nodeOf(annPage)).not.toBe(before);
});

test('a reload while away keeps what was not sent', async () => {
  await annNode.kill();
  await reconnecting(annPage).waitFor();
  await send(annPage, 'Kept by the tab');
  await annNode.restart();
  // At once, before the page has come back by itself; whether it has already sent does not matter.
  await annPage.reload();
  await message(bobPage, 'Kept by the tab').waitFor();
  await isConnected(annPage);
  await message(annPage, 'Kept by the tab').waitFor();
  await until(async () => (await annPage.getByText('Sending…').count()) === 0);
  expect((await wordsOf(bobPage)).filter((words) => words === 'Kept by the tab')).toHaveLength(1);
  expect((await wordsOf(annPage)).filter((words) => words === 'Kept by the tab')).toHaveLength(1);
});

test('a planned stop is announced, and the page comes back to the next node by itself', async () => {
  const stopping = annNode.stop();
  await reconnecting(annPage).waitFor({ timeout: 15_000 });
  await stopping;
  await send(bobPage, 'During the pause');
  await annNode.restart();
  await message(annPage, 'During the pause').waitFor();
  await expect.poll(() => wordsOf(annPage)).toEqual(await wordsOf(bobPage));
});

test('nothing else went wrong', () => {
  expect(pages.troubles).toEqual([]);
});
