import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photograph, plain } from '../domains/media/pictures.ts';
import { until } from '../support/until.ts';
import {
  chatLine,
  chatsAt,
  makeAccount,
  message,
  openMenu,
  type Pages,
  registerByForm,
  send,
  startChat,
} from './support/pages.ts';
import type { Stage } from './support/stage.ts';

/** Tests of the page on a stage that others stand on too. */
export const testPictures = (stageOf: () => Stage): void =>
  void describe('pictures', () => {
    /** Two people in two windows, each on a node of their own; one test goes on where the one before ended. */
    const ann = makeAccount('Ann', 'Archer');
    const bob = makeAccount('Bob', 'Baker');

    let pages: Pages;
    let annPage: Page;
    let bobPage: Page;

    beforeAll(async () => {
      const stage = stageOf();
      pages = stage.newPages();
      annPage = await pages.open(chatsAt(stage.cluster.nodes[0]));
      bobPage = await pages.open(chatsAt(stage.cluster.nodes[1]));
      await registerByForm(annPage, ann);
      await registerByForm(bobPage, bob);
      await startChat(annPage, [bob]);
    }, 90_000);

    afterAll(() => pages?.close());

    const choose = async (page: Page, files: Record<string, Buffer>): Promise<void> => {
      const payloads = Object.entries(files).map(([name, buffer]) => ({
        name,
        buffer,
        mimeType: `image/${name.split('.')[1]}`,
      }));
      await page.getByLabel('Pictures', { exact: true }).setInputFiles(payloads);
      await page
        .locator('.attachment[data-state="ready"]')
        .nth(payloads.length - 1)
        .waitFor({ timeout: 30_000 });
    };

    const pressSend = (page: Page): Promise<void> => page.getByRole('button', { name: 'Send', exact: true }).click();

    /** Whether the browser has drawn each picture of the room, and how wide it is to be. */
    const drawn = (page: Page): Promise<number[]> =>
      page.evaluate<number[]>(
        "[...document.querySelectorAll('.pictures img')].map(({ naturalWidth, width }) => (naturalWidth > 0 ? width : 0))",
      );

    test('a picture without words is sent, and drawn in the other’s window', async () => {
      await choose(annPage, { 'meadow.jpeg': await photograph() });
      await pressSend(annPage);
      await chatLine(bobPage, 'Ann Archer').getByText('Picture', { exact: true }).waitFor();
      await chatLine(bobPage, 'Ann Archer').click();
      for (const page of [annPage, bobPage]) {
        await until(async () => (await drawn(page)).filter((width) => width > 0).length === 1, { what: 'the picture' });
      }
      expect(await annPage.locator('.attachment').count()).toBe(0);
    });

    test('several are sent with words, and one that is taken away again is not', async () => {
      await choose(bobPage, {
        'one.png': await plain(300, 200),
        'two.png': await plain(200, 300),
        'three.png': await plain(50, 50),
      });
      await bobPage.getByRole('button', { name: 'Remove two.png' }).click();
      await send(bobPage, 'Two of mine');
      await message(annPage, 'Two of mine').locator('img').nth(1).waitFor();
      await until(async () => (await drawn(annPage)).filter((width) => width > 0).length === 3, {
        what: 'all pictures',
      });
      expect(await message(annPage, 'Two of mine').locator('img').count()).toBe(2);
    });

    test('what is no picture is not attached, and the page says so', async () => {
      const file = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') };
      await annPage.getByLabel('Pictures', { exact: true }).setInputFiles(file);
      await annPage.getByRole('alert').getByText('NOT_A_PICTURE').waitFor({ timeout: 30_000 });
      expect(await annPage.locator('.attachment').count()).toBe(0);
    });

    test('a message that is deleted takes its pictures along', async () => {
      await openMenu(bobPage, 'Two of mine');
      await bobPage.getByRole('menuitem', { name: 'Delete for everyone' }).click();
      await message(annPage, 'Message deleted').waitFor();
      expect(await annPage.locator('.pictures img').count()).toBe(1);
    });

    test('nothing went wrong in either window', () => {
      expect(pages.troubles).toEqual([]);
    });
  });
