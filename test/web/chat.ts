import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import {
  chatLine,
  chatsAt,
  isConnected,
  makeAccount,
  message,
  openMenu,
  type Pages,
  registerByForm,
  send,
  signInByForm,
  startChat,
  wordsOf,
} from './support/pages.ts';
import type { Stage } from './support/stage.ts';

/** Tests of the page on a stage that others stand on too. */
export const testChat = (stageOf: () => Stage): void =>
  void describe('two people in two windows', () => {
    /** Two people in two windows, each on a node of their own; one test goes on where the one before ended. */
    const ann = makeAccount('Ann', 'Archer');
    const bob = makeAccount('Bob', 'Baker');

    let stage: Stage;
    let pages: Pages;
    let annPage: Page;
    let bobPage: Page;

    beforeAll(async () => {
      stage = stageOf();
      pages = stage.newPages();
      annPage = await pages.open(chatsAt(stage.cluster.nodes[0]));
      bobPage = await pages.open(chatsAt(stage.cluster.nodes[1]));
      await registerByForm(annPage, ann);
      await registerByForm(bobPage, bob);
    }, 90_000);

    afterAll(() => pages?.close());

    const nodeOf = (page: Page): Promise<string | null> => page.locator('[data-node]').getAttribute('data-node');

    test('shows each window the node it is on', async () => {
      const [annNode, bobNode] = [await nodeOf(annPage), await nodeOf(bobPage)];
      expect(annNode).toMatch(/^[0-9a-f-]{36}$/);
      expect(bobNode).not.toBe(annNode);
    });

    test('a chat that one opens appears in the other’s list, with what is unread', async () => {
      await startChat(annPage, [bob]);
      await send(annPage, 'Hello Bob, are you here?');
      await message(annPage, 'are you here').waitFor();
      await chatLine(bobPage, 'Ann Archer').getByText('Hello Bob, are you here?').waitFor();
      await chatLine(bobPage, 'Ann Archer').getByText('1 unread').waitFor();
      expect(await bobPage.title()).toBe('(1) Chats · Rally');
    });

    test('opening it shows where the unread begin, and tells the writer that it was seen', async () => {
      await annPage.locator('.seen-by', { hasText: 'Sent' }).waitFor();
      await chatLine(bobPage, 'Ann Archer').click();
      await bobPage.getByText('New', { exact: true }).waitFor();
      await annPage.locator('.seen-by', { hasText: 'Seen' }).waitFor();
      await until(async () => (await chatLine(bobPage, 'Ann Archer').getByText('unread').count()) === 0);
      expect(await bobPage.title()).toBe('Chats · Rally');
    });

    test('words go both ways, own ones on the right', async () => {
      await send(bobPage, 'Just arrived!');
      await message(annPage, 'Just arrived!').waitFor();
      expect(await message(annPage, 'Just arrived!').getAttribute('class')).toContain('theirs');
      expect(await message(bobPage, 'Just arrived!').getAttribute('class')).toContain('mine');
      const inOrder = ['Hello Bob, are you here?', 'Just arrived!'];
      expect([await wordsOf(annPage), await wordsOf(bobPage)]).toEqual([inOrder, inOrder]);
    });

    test('each sees that the other is here, as what they choose, and who is invisible looks as if they had left', async () => {
      const seen = (words: string | RegExp) => annPage.locator('.room-title').getByText(words);
      await seen('Online').waitFor();
      const picker = bobPage.getByRole('combobox', { name: 'How you are seen' });
      await picker.selectOption('BUSY');
      await seen('Busy').waitFor();
      await picker.selectOption('INVISIBLE');
      await seen(/^Last seen|^@/).waitFor();
      expect(await annPage.locator('.room-header .presence-dot').count()).toBe(0);
      await picker.selectOption('ONLINE');
      await seen('Online').waitFor();
    });

    test('typing shows on the other node, and ends with the message', async () => {
      await bobPage.getByRole('textbox', { name: 'Message' }).pressSequentially('Where do', { delay: 30 });
      await annPage.getByText('Bob is typing').waitFor();
      await send(bobPage, 'Where do we meet?');
      await message(annPage, 'Where do we meet?').waitFor();
      await annPage.getByText('Bob is typing').waitFor({ state: 'detached' });
    });

    test('reactions are counted for all and marked for who gave them', async () => {
      await openMenu(annPage, 'Where do we meet?');
      await annPage.getByRole('button', { name: 'Thumbs up' }).click();
      const shownToBob = message(bobPage, 'Where do we meet?').getByRole('button', { name: '👍 1' });
      await shownToBob.waitFor();
      expect(await shownToBob.getAttribute('aria-pressed')).toBe('false');
      await shownToBob.click();
      const both = message(annPage, 'Where do we meet?').getByRole('button', { name: '👍 2' });
      await both.waitFor();
      expect(await both.getAttribute('aria-pressed')).toBe('true');
      await both.click();
      await message(bobPage, 'Where do we meet?').getByRole('button', { name: '👍 1' }).waitFor();
    });

    test('a reply quotes what it answers', async () => {
      await openMenu(annPage, 'Where do we meet?');
      await annPage.getByRole('menuitem', { name: 'Reply' }).click();
      await annPage.getByText('Reply to Bob Baker').waitFor();
      await send(annPage, 'At the fountain');
      const quote = message(bobPage, 'At the fountain').locator('.quote');
      await quote.waitFor();
      expect(await quote.innerText()).toMatch(/Bob Baker\s+Where do we meet\?/);
    });

    test('an edit changes the words in place, and says so', async () => {
      await openMenu(bobPage, 'Just arrived!');
      await bobPage.getByRole('menuitem', { name: 'Edit' }).click();
      const box = bobPage.getByRole('textbox', { name: 'Message' });
      await until(async () => (await box.inputValue()) === 'Just arrived!');
      await send(bobPage, 'Just arrived, with cake!');
      await message(annPage, 'with cake').getByText('edited').waitFor();
      expect((await wordsOf(annPage))[1]).toBe('Just arrived, with cake!');
    });

    test('another’s message cannot be edited; an own one can be taken back', async () => {
      await openMenu(bobPage, 'Hello Bob');
      expect(await bobPage.getByRole('menuitem', { name: 'Edit' }).count()).toBe(0);
      await bobPage.keyboard.press('Escape');
      await openMenu(annPage, 'Hello Bob');
      await annPage.getByRole('menuitem', { name: 'Delete for everyone' }).click();
      await message(bobPage, 'Message deleted').waitFor();
      expect(await bobPage.getByText('Hello Bob').count()).toBe(0);
    });

    test('a reload keeps the session and the chat', async () => {
      await annPage.reload();
      await isConnected(annPage);
      await message(annPage, 'At the fountain').first().waitFor();
      expect((await wordsOf(annPage)).at(-1)).toBe('At the fountain');
    });

    test('signing out leads to the form, where a wrong password is told and a right one leads back', async () => {
      await bobPage.getByRole('button', { name: 'Sign out' }).click();
      await bobPage.getByLabel('Email').fill(bob.email);
      await bobPage.getByLabel('Password').fill('not this one');
      await bobPage.getByRole('button', { name: 'Sign in', exact: true }).click();
      await bobPage.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor();
      await signInByForm(bobPage, bob);
      await chatLine(bobPage, 'Ann Archer').waitFor();
    });

    test('a taken username is told at its field', async () => {
      const page = await pages.open(chatsAt(stage.cluster.nodes[0]));
      const twin = { ...makeAccount('Ann', 'Other'), username: ann.username };
      void registerByForm(page, twin).catch(() => undefined);
      await page.locator('.field', { hasText: 'Username' }).locator('.field-problem', { hasText: /\w/ }).waitFor();
      await page.context().close();
    });

    test('nothing went wrong in any window, and no other host was asked for anything', () => {
      // A refused sign-in and a taken username are what these tests ask for.
      expect(pages.troubles.filter((trouble) => !/status of (401|409)/.test(trouble))).toEqual([]);
    });
  });
