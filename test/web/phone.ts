import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/sdk/client.ts';
import { until } from '../support/until.ts';
import { chatLine, makeAccount, message, type Pages, PHONE, signInByForm, wordsOf } from './support/pages.ts';
import type { Stage } from './support/stage.ts';

/** Tests of the page on a stage that others stand on too. */
export const testPhone = (stageOf: () => Stage): void =>
  void describe('on a phone', () => {
    const MESSAGES = 130;
    const LONG_WORD = 'o'.repeat(400);

    const ann = makeAccount('Ann', 'Archer');
    const bob = makeAccount('Bob', 'Baker');

    let pages: Pages;
    let page: Page;
    let bobClient: Client;
    let chatId: string;

    beforeAll(async () => {
      const stage = stageOf();
      const [first, second] = stage.cluster.nodes.map(({ url }) => url);
      bobClient = createClient({ url: second ?? '' });
      const annClient = createClient({ url: first ?? '' });
      const { id: annId } = await annClient.register(ann);
      annClient.close();
      await bobClient.register(bob);
      chatId = (await bobClient.call('chat.open', { kind: 'DIRECT', memberIds: [annId] })).id;
      const sendings = Array.from({ length: MESSAGES }, (_, index) => bobClient.chat(chatId).send(`Line ${index + 1}`));
      await Promise.all(sendings.map(({ accepted }) => accepted));
      pages = stage.newPages();
      page = await pages.open(first ?? '', PHONE);
      await signInByForm(page, ann);
    }, 90_000);

    afterAll(async () => {
      bobClient?.close();
      await pages?.close();
    });

    /** Evaluates in the page what is said of `list`, the scrolled messages. */
    const measure = (expression: string): Promise<number> =>
      page.evaluate(`(() => { const list = document.querySelector('.messages'); return ${expression}; })()`);
    /** Where a message stands on the screen. */
    const topOf = async (words: string): Promise<number> =>
      (await page.locator('.bubble', { has: page.getByText(words, { exact: true }) }).boundingBox())?.y ?? Number.NaN;

    test('shows the list first, one chat when it is tapped, and the list again by the way back', async () => {
      await chatLine(page, 'Bob Baker').getByText('99+').waitFor();
      expect(await page.locator('.room').count()).toBe(0);
      await chatLine(page, 'Bob Baker').tap();
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
      expect(await page.getByRole('navigation').isVisible()).toBe(false);
      await page.getByRole('link', { name: 'Back to the chats' }).tap();
      await chatLine(page, 'Bob Baker').waitFor();
      await chatLine(page, 'Bob Baker').tap();
    });

    test('opens where the unread begin, as far as they are loaded, not at the end', async () => {
      await page.locator('.unread-line').waitFor();
      expect(await measure('list.scrollHeight - list.scrollTop - list.clientHeight')).toBeGreaterThan(1_000);
      expect(await page.getByRole('button', { name: 'To the latest message' }).count()).toBe(1);
    });

    test('going up loads what was said earlier, page by page, and nothing jumps', async () => {
      const shown = await wordsOf(page);
      const [first = ''] = shown;
      await measure('list.scrollTop = 0');
      await until(async () => (await wordsOf(page)).length > shown.length);
      // What stood at the top of the list stands there still: the earlier page is above it, out of sight.
      expect(Math.abs(await topOf(first))).toBeLessThan(250);
      await until(async () => {
        await measure('list.scrollTop = 0');
        return (await wordsOf(page)).length === MESSAGES;
      });
      expect(await wordsOf(page)).toEqual(Array.from({ length: MESSAGES }, (_, index) => `Line ${index + 1}`));
      expect(await page.locator('.unread-line + .message .bubble-text').textContent()).toBe('Line 1');
    });

    test('what arrives meanwhile does not move the reader, and one tap leads to it', async () => {
      const before = await topOf('Line 3');
      await bobClient.chat(chatId).send('Something new').accepted;
      await message(page, 'Something new').waitFor();
      expect(await topOf('Line 3')).toBe(before);
      await page.getByRole('button', { name: 'To the latest message' }).tap();
      await until(async () => (await measure('list.scrollHeight - list.scrollTop - list.clientHeight')) < 5);
      await until(async () => (await page.getByRole('button', { name: 'To the latest message' }).count()) === 0);
    });

    test('at the end, new words keep the reader at the end', async () => {
      await bobClient.chat(chatId).send('And more').accepted;
      await message(page, 'And more').waitFor();
      await until(async () => (await measure('list.scrollHeight - list.scrollTop - list.clientHeight')) < 5);
    });

    test('the longest word fits the narrowest screen', async () => {
      await bobClient.chat(chatId).send(LONG_WORD).accepted;
      await message(page, LONG_WORD).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
      expect(await measure('list.scrollWidth - list.clientWidth')).toBe(0);
    });

    test('the menu of a message stays on the screen', async () => {
      await message(page, 'And more').getByRole('button', { name: 'React or more' }).tap();
      const menu = page.getByRole('menu');
      await menu.waitFor();
      await until(async () => {
        const box = await menu.boundingBox();
        return (
          box && box.x >= 0 && box.x + box.width <= PHONE.width && box.y >= 0 && box.y + box.height <= PHONE.height
        );
      });
      await menu.getByRole('button', { name: 'Heart' }).tap();
      await message(page, 'And more').getByRole('button', { name: '❤️ 1' }).waitFor();
    });

    test('everything that can be pressed says what it is', async () => {
      const names = await page.evaluate(
        `[...document.querySelectorAll('button')].map((button) => button.getAttribute('aria-label') ?? button.textContent.trim())`,
      );
      expect(names).not.toContain('');
    });

    test('nothing went wrong', () => {
      expect(pages.troubles).toEqual([]);
    });
  });
