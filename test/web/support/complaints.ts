import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong with what is on the screen now, in both colour schemes. */
export const complaints = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    found.push(
      ...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${colorScheme} ${id} ${String(target)}`)),
    );
  }
  return found;
};
