import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { makeAccount, type Pages, registerByForm, signInByForm } from './support/pages.ts';
import type { Stage } from './support/stage.ts';

/** Tests of the page on a stage that others stand on too. */
export const testConfirmingAnAddress = (stageOf: () => Stage): void =>
  void describe('confirming an address', () => {
    let stage: Stage;
    let pages: Pages;

    beforeAll(() => {
      stage = stageOf();
      pages = stage.newPages();
    });
    afterAll(() => pages?.close());

    /** The code of the latest letter, once there are so many. */
    const codeFor = (email: string, count: number): Promise<string> =>
      until(
        () => {
          const letters = stage.mail.letters.filter(({ to }) => to === email);
          return letters.length >= count ? /code is (\d{6})/.exec(letters.at(-1)?.text ?? '')?.[1] : undefined;
        },
        { what: `letter ${count} to ${email}`, withinMs: 15_000 },
      );

    test('the address is proved with the code of the letter, and with a later one after coming back', async () => {
      const account = makeAccount('Ann', 'Archer');
      const url = stage.cluster.nodes[0]?.url ?? '';
      const page = await pages.open(`${url}/app/chats`);
      await registerByForm(page, account);
      const open = page.getByRole('button', { name: 'Confirm your email address' });
      await open.click();
      const right = await codeFor(account.email, 1);
      await page.getByLabel('Code').fill(right === '000000' ? '000001' : '000000');
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
      await page.locator('.field-problem', { hasText: /./ }).waitFor();

      const other = await pages.open(`${url}/app/chats`);
      await signInByForm(other, account);
      await other.getByRole('button', { name: 'Confirm your email address' }).click();
      await other.getByRole('button', { name: 'Send me a code' }).click();
      await other.getByLabel('Code').fill(await codeFor(account.email, 2));
      await other.getByRole('button', { name: 'Confirm', exact: true }).click();
      await other.getByRole('button', { name: 'Confirm your email address' }).waitFor({ state: 'detached' });
      // The browser itself reports the refused call of the wrong code.
      expect(pages.troubles.filter((trouble) => !/400/.test(trouble))).toEqual([]);
    });
  });
