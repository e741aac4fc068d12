import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import {
  chatLine,
  chatsAt,
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
export const testGroup = (stageOf: () => Stage): void =>
  void describe('a group', () => {
    const ann = makeAccount('Ann', 'Archer');
    const bob = makeAccount('Bob', 'Baker');
    const cleo = makeAccount('Cleo', 'Carter');

    let pages: Pages;
    let annPage: Page;
    let bobPage: Page;
    let cleoPage: Page;

    beforeAll(async () => {
      const stage = stageOf();
      pages = stage.newPages();
      const open = async (account: typeof ann, node: number): Promise<Page> => {
        const page = await pages.open(chatsAt(stage.cluster.nodes[node]));
        await registerByForm(page, account);
        return page;
      };
      annPage = await open(ann, 0);
      bobPage = await open(bob, 1);
      cleoPage = await open(cleo, 0);
    }, 90_000);

    afterAll(() => pages?.close());

    test('a group appears for everyone in it', async () => {
      await startChat(annPage, [bob, cleo], 'Stage crew');
      await send(annPage, 'Soundcheck at four');
      await chatLine(bobPage, 'Stage crew').click();
      await message(bobPage, 'Soundcheck at four').waitFor();
      await bobPage.getByText('3 members').first().waitFor();
      await chatLine(cleoPage, 'Stage crew').waitFor();
    });

    test('several readers are named under the last message', async () => {
      await annPage.locator('.seen-by', { hasText: 'Seen by Bob' }).waitFor();
      await chatLine(cleoPage, 'Stage crew').click();
      const seenBy = annPage.locator('.seen-by', { hasText: /Seen by (Bob and Cleo|Cleo and Bob)/ });
      await seenBy.waitFor();
    });

    test('a member cannot remove others; the owner can, and who is removed stops receiving', async () => {
      await bobPage.getByRole('button', { name: 'Members' }).click();
      expect(await bobPage.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
      await bobPage.getByRole('button', { name: 'Close' }).click();
      await annPage.getByRole('button', { name: 'Members' }).click();
      await annPage.getByRole('button', { name: 'Remove Bob Baker' }).click();
      await bobPage.getByText('You are not a member of this chat.').waitFor();
      await until(async () => (await chatLine(bobPage, 'Stage crew').count()) === 0);
      await annPage.getByRole('heading', { name: '2 members' }).waitFor();
    });

    test('who is added again sees what was said meanwhile', async () => {
      await annPage.getByRole('searchbox', { name: 'Search by username' }).fill(bob.username);
      await annPage.getByRole('button', { name: bob.username }).click();
      await annPage.getByRole('button', { name: 'Add 1' }).click();
      await annPage.getByRole('heading', { name: '3 members' }).waitFor();
      await annPage.getByRole('button', { name: 'Close' }).click();
      await send(annPage, 'Bob is back');
      await bobPage.getByRole('button', { name: 'Back to your chats' }).click();
      await chatLine(bobPage, 'Stage crew').click();
      await message(bobPage, 'Bob is back').waitFor();
      expect(await wordsOf(bobPage)).toEqual(['Soundcheck at four', 'Bob is back']);
    });

    test('who is named sees it, what is pinned stands above for all, and a role gives its rights', async () => {
      await send(annPage, `@${cleo.username} brings the cables`);
      const named = cleoPage.locator('.names-me', { hasText: 'brings the cables' });
      await named.waitFor();
      expect(await named.locator('.mention').textContent()).toBe(`@${cleo.username}`);
      await message(annPage, 'Bob is back').hover();
      const bubble = annPage.locator('.message', { hasText: 'Bob is back' });
      await bubble.getByRole('button', { name: 'React or more' }).click();
      await annPage.getByRole('menuitem', { name: 'Pin', exact: true }).click();
      for (const page of [annPage, bobPage, cleoPage]) {
        await page.locator('.pinned-line', { hasText: 'Bob is back' }).waitFor();
      }
      await annPage.getByRole('button', { name: 'Members' }).click();
      await annPage.getByRole('combobox', { name: 'Role of Bob Baker' }).selectOption('MODERATOR');
      await bobPage.getByRole('button', { name: 'Members' }).click();
      await bobPage.getByRole('button', { name: 'Remove Cleo Carter' }).waitFor();
      for (const page of [annPage, bobPage]) await page.getByRole('button', { name: 'Close' }).click();
    });

    test('a chat is muted on all of one’s devices, and for nobody else', async () => {
      await cleoPage.getByRole('button', { name: 'Mute this chat' }).click();
      await cleoPage.getByRole('button', { name: 'Be told of messages again' }).waitFor();
      await chatLine(cleoPage, 'Stage crew').locator('.chat-item-quiet').waitFor();
      expect(await annPage.getByRole('button', { name: 'Mute this chat' }).count()).toBe(1);
    });

    test('leaving takes the chat off one’s list and oneself off the others’', async () => {
      await cleoPage.getByRole('button', { name: 'Members' }).click();
      await cleoPage.getByRole('button', { name: 'Leave this chat' }).click();
      await until(async () => (await chatLine(cleoPage, 'Stage crew').count()) === 0);
      await annPage.getByText('2 members').first().waitFor();
    });

    test('nothing went wrong in any window', () => {
      expect(pages.troubles).toEqual([]);
    });
  });
