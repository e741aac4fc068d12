import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RallyProcess } from '../support/cluster.ts';
import { until } from '../support/until.ts';
import {
  chatsAt,
  isConnected,
  makeAccount,
  message,
  type Pages,
  registerByForm,
  send,
  startChat,
  wordsOf,
} from './support/pages.ts';
import type { Stage } from './support/stage.ts';

/** Tests of the page on a stage that others stand on too. */
export const testReconnecting = (stageOf: () => Stage): void =>
  void describe('coming back', () => {
    const ann = makeAccount('Ann', 'Archer');
    const bob = makeAccount('Bob', 'Baker');

    let annNode: RallyProcess;
    let pages: Pages;
    let annPage: Page;
    let bobPage: Page;

    beforeAll(async () => {
      const stage = stageOf();
      const [first, second] = stage.cluster.nodes;
      if (!first || !second) throw new Error('the cluster has no two nodes');
      annNode = first;
      pages = stage.newPages();
      annPage = await pages.open(chatsAt(first));
      bobPage = await pages.open(chatsAt(second));
      await registerByForm(annPage, ann);
      await registerByForm(bobPage, bob);
      await startChat(annPage, [bob]);
      await send(annPage, 'Before');
      await bobPage.getByRole('link', { name: /Ann Archer/ }).click();
      await message(bobPage, 'Before').waitFor();
    }, 90_000);

    afterAll(() => pages?.close());

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
  });
