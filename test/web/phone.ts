import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/sdk/client.ts';
import { until } from '../support/until.ts';
import { chatLine, makeAccount, message, type Pages, PHONE, signInByForm, wordsOf } from './support/pages.ts';
import type { Stage } from './support/stage.ts';

/** The part of a browser's globals that a measurement uses. */
interface InPage {
  document: {
    querySelectorAll: (selector: string) => Iterable<{
      textContent: string;
      getBoundingClientRect: () => { top: number };
    }>;
  };
}

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
    let annId: string;

    beforeAll(async () => {
      const stage = stageOf();
      const [first, second] = stage.cluster.nodes.map(({ url }) => url);
      bobClient = createClient({ url: second ?? '' });
      const annClient = createClient({ url: first ?? '' });
      annId = (await annClient.register(ann)).id;
      annClient.close();
      await bobClient.register(bob);
      chatId = (await bobClient.call('chat.open', { kind: 'DIRECT', memberIds: [annId] })).id;
      const sendings = Array.from({ length: MESSAGES }, (_, index) => bobClient.chat(chatId).send(`Line ${index + 1}`));
      await Promise.all(sendings.map(({ accepted }) => accepted));
      pages = stage.newPages();
      page = await pages.open(`${first}/app/chats`, PHONE);
      await signInByForm(page, ann);
    }, 90_000);

    afterAll(async () => {
      bobClient?.close();
      await pages?.close();
    });

    /** Evaluates in the page what is said of `list`, the scrolled messages. */
    const measure = (expression: string): Promise<number> =>
      page.evaluate(`(() => { const list = document.querySelector('.messages'); return ${expression}; })()`);
    /** Where a message stands on the screen; NaN where it is not drawn. */
    const topOf = async (words: string): Promise<number> => {
      const top = await page.evaluate((said) => {
        const { document } = globalThis as unknown as InPage;
        const line = [...document.querySelectorAll('.bubble-text')].find(({ textContent }) => textContent === said);
        return line ? line.getBoundingClientRect().top : null;
      }, words);
      return top ?? Number.NaN;
    };

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

    /** Scrolls by so many pixels at a time until `isDone`, and gives every line that was in the page meanwhile. */
    const linesSeenBy = async (stepPx: number, isDone: () => Promise<boolean>): Promise<Set<string>> => {
      const seen = new Set(await wordsOf(page));
      await until(
        async () => {
          const [first = ''] = await wordsOf(page);
          const top = await topOf(first);
          await measure(`list.scrollTop += ${stepPx}`);
          const now = await topOf(first);
          // A page that is put in front leaves what was in sight where it was: it moves as far as was scrolled.
          expect(Number.isNaN(now) || Number.isNaN(top) || Math.abs(now - top) <= Math.abs(stepPx) + 60).toBe(true);
          for (const words of await wordsOf(page)) seen.add(words);
          return isDone();
        },
        { withinMs: 30_000 },
      );
      return seen;
    };
    const all = Array.from({ length: MESSAGES }, (_, index) => `Line ${index + 1}`);
    const isAtEnd = async (): Promise<boolean> =>
      (await measure('list.scrollHeight - list.scrollTop - list.clientHeight')) < 5;

    test('opens where the unread begin, however far back, not at the end', async () => {
      await page.locator('.unread-line').waitFor();
      expect(await page.locator('li:has(.unread-line) + li .bubble-text').textContent()).toBe('Line 1');
      expect(await page.getByRole('button', { name: 'To the latest message' }).count()).toBe(1);
      await until(async () => {
        const { members } = await bobClient.call('chat.get', { chatId });
        return members.some(({ userId, lastReadSeq }) => userId === annId && lastReadSeq > 5);
      });
      await page.getByRole('link', { name: 'Back to the chats' }).tap();
      await chatLine(page, 'Bob Baker').getByText('99+').waitFor();
      await chatLine(page, 'Bob Baker').tap();
      await page.locator('.unread-line').waitFor();
      // What was in sight is read, and nothing else.
      const first = Number((await page.locator('li:has(.unread-line) + li .bubble-text').textContent())?.slice(5));
      expect(first).toBeGreaterThan(3);
      expect(first).toBeLessThan(40);
    });

    test('reading on leads to the latest, and nothing is left out', async () => {
      const seen = await linesSeenBy(250, async () => (await isAtEnd()) && (await wordsOf(page)).at(-1) === all.at(-1));
      expect(all.slice(40).filter((words) => !seen.has(words))).toEqual([]);
      await until(async () => (await page.getByRole('button', { name: 'To the latest message' }).count()) === 0);
    });

    test('going up loads what was said earlier, page by page, and nothing jumps or is left out', async () => {
      const seen = await linesSeenBy(-200, async () => (await measure('list.scrollTop')) === 0);
      expect(all.filter((words) => !seen.has(words))).toEqual([]);
      const inOrder = await wordsOf(page);
      expect(inOrder).toEqual(all.slice(0, inOrder.length));
    });

    test('only what is near is drawn', async () => {
      expect((await wordsOf(page)).length).toBeLessThan(60);
    });

    test('what arrives meanwhile does not move the reader, and one tap leads to it', async () => {
      const before = await topOf('Line 3');
      const height = await measure('list.scrollHeight');
      await bobClient.chat(chatId).send('Something new').accepted;
      await until(async () => (await measure('list.scrollHeight')) > height);
      expect(await topOf('Line 3')).toBe(before);
      await page.getByRole('button', { name: 'To the latest message' }).tap();
      await message(page, 'Something new').waitFor();
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
