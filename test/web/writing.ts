import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/sdk/client.ts';
import { until } from '../support/until.ts';
import { complaints } from './support/complaints.ts';
import {
  chatLine,
  chatsAt,
  isConnected,
  makeAccount,
  message,
  type Pages,
  send,
  signInByForm,
  wordsOf,
} from './support/pages.ts';
import type { Stage } from './support/stage.ts';

/** More chats than the first page of the list holds. */
const CHATS = 52;

/** The part of a browser's globals that the tests use inside the page. */
interface InPage {
  KeyboardEvent: new (type: string, init: object) => Event;
  getComputedStyle: (element: unknown) => { direction: string };
}

/** Tests of writing, searching and reading back, on a stage that others stand on too. */
export const testWriting = (stageOf: () => Stage): void =>
  void describe('writing', () => {
    const ann = makeAccount('Ann', 'Archer');
    const bob = makeAccount('Bob', 'Baker');
    let pages: Pages;
    let page: Page;
    let bobClient: Client;
    /** Groups, the oldest first. */
    const chatIds: string[] = [];

    beforeAll(async () => {
      const stage = stageOf();
      const [first, second] = stage.cluster.nodes;
      bobClient = createClient({ url: second?.url ?? '' });
      const annClient = createClient({ url: first?.url ?? '' });
      const { id: annId } = await annClient.register(ann);
      annClient.close();
      await bobClient.register(bob);
      for (let place = 1; place <= CHATS; place += 1) {
        const input = { kind: 'GROUP' as const, memberIds: [annId], title: `Group ${place}` };
        chatIds.push((await bobClient.call('chat.open', input)).id);
      }
      pages = stage.newPages();
      page = await pages.open(chatsAt(first));
      await signInByForm(page, ann);
    }, 120_000);

    afterAll(async () => {
      bobClient?.close();
      await pages?.close();
    });

    const box = () => page.getByRole('textbox', { name: 'Message', exact: true });
    const open = async (name: string): Promise<void> => {
      await chatLine(page, name).click();
      await page.locator('.room-title').getByText(name).waitFor();
      await box().waitFor();
    };
    /** A key as an input method sends it: not for the page. */
    const pressInside = (key: string, more: object): Promise<void> =>
      box().evaluate(
        (element, init) => {
          const { KeyboardEvent } = globalThis as unknown as InPage;
          element.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
        },
        { key, ...more },
      );

    test('a chat beyond the first page of the list comes to its top with its next message', async () => {
      await chatLine(page, `Group ${CHATS}`).waitFor();
      expect(
        await chatLine(page, 'Group 1')
          .filter({ hasText: /^G1Group 1\b/ })
          .count(),
      ).toBe(0);
      await bobClient.chat(chatIds[0] ?? '').send('From far below').accepted;
      await chatLine(page, 'Group 1').getByText('From far below').waitFor();
      expect(await page.locator('.chat-item').first().textContent()).toContain('From far below');
    });

    test('what was written stays over another chat, an edit, Escape and a reload', async () => {
      await open('Group 50');
      await send(page, 'Said before');
      await message(page, 'Said before').waitFor();
      await box().fill('Half a thought');
      await box().press('Escape');
      await open('Group 51');
      expect(await box().inputValue()).toBe('');
      await chatLine(page, 'Group 50').getByText('Half a thought').waitFor();
      await open('Group 50');
      expect(await box().inputValue()).toBe('Half a thought');
      await page.reload();
      await isConnected(page);
      await until(async () => (await box().inputValue()) === 'Half a thought');
    });

    test('the arrow upwards changes the last message, and Escape gives up the change alone', async () => {
      await box().fill('');
      await message(page, 'Said before').waitFor();
      await box().press('ArrowUp');
      await until(async () => (await box().inputValue()) === 'Said before');
      await box().press('Escape');
      await until(async () => (await box().inputValue()) === '');
      await box().press('ArrowUp');
      await box().fill('Said better');
      await box().press('Enter');
      await message(page, 'Said better').getByText('edited').waitFor();
    });

    test('keys that an input method takes for itself neither send nor clear', async () => {
      await box().fill('東京');
      await pressInside('Enter', { isComposing: true });
      await pressInside('Enter', { keyCode: 229 });
      await pressInside('Escape', { isComposing: true });
      expect(await box().inputValue()).toBe('東京');
      await box().press('Enter');
      await message(page, '東京').waitFor();
      expect(await wordsOf(page)).toEqual(['Said better', '東京']);
    });

    test('the indentation of the first line is kept, and what is too long is said and not cut', async () => {
      await box().fill('    indented\n');
      await box().press('Enter');
      await until(async () => (await wordsOf(page)).includes('    indented'));
      await box().fill('x'.repeat(4_500));
      await page.getByText('4500 of 4000 characters').waitFor();
      expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
      expect((await box().inputValue()).length).toBe(4_500);
      await box().fill('');
    });

    test('an emoji goes to the caret', async () => {
      await box().fill('ab');
      await box().press('ArrowLeft');
      await page.getByRole('button', { name: 'Emoji' }).click();
      await page.getByRole('button', { name: 'Rocket' }).click();
      await until(async () => (await box().inputValue()) === 'a🚀b');
      await box().fill('');
    });

    test('links can be followed, dangerous ones are words, and each message has its own direction', async () => {
      await send(page, 'See https://rally.example/e/1?a=b, or javascript:alert(1)');
      const link = message(page, 'See https').getByRole('link');
      expect(await link.getAttribute('href')).toBe('https://rally.example/e/1?a=b');
      expect(await link.getAttribute('rel')).toContain('noopener');
      expect(await link.count()).toBe(1);
      await send(page, 'مرحبا بالجميع!');
      const direction = await message(page, 'مرحبا')
        .locator('.bubble-text')
        .evaluate((element) => (globalThis as unknown as InPage).getComputedStyle(element).direction);
      expect(direction).toBe('rtl');
    });

    test('a search leads to a message in the past of another chat, with its surroundings', async () => {
      const busy = bobClient.chat(chatIds[2] ?? '');
      const sendings = Array.from({ length: 150 }, (_, index) =>
        busy.send(index === 20 ? 'The walrus and the carpenter' : `Filler ${index}`),
      );
      await Promise.all(sendings.map(({ durable }) => durable));
      await page.getByRole('searchbox', { name: 'Search chats and messages' }).fill('walrus carpenter');
      const hit = page.getByRole('region', { name: 'Messages found' }).getByRole('button');
      await hit.click();
      await message(page, 'The walrus').waitFor();
      await message(page, 'Filler 19').waitFor();
      await page.getByRole('searchbox', { name: 'Search chats and messages' }).fill('');
      expect(await complaints(page)).toEqual([]);
      await page.getByRole('button', { name: 'To the latest message' }).click();
      await message(page, 'Filler 149').waitFor();
    });

    test('nothing went wrong', () => {
      expect(pages.troubles).toEqual([]);
    });
  });
