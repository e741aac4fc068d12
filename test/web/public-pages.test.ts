import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Furnished, furnish } from '../http/pages/support/furnish.ts';
import { openPagesWorld, type PagesWorld } from '../http/pages/support/open-pages.ts';
import { launchChromium } from '../support/chromium.ts';
import { complaints } from './support/complaints.ts';
import { DESK, openPages, type Pages, PHONE } from './support/pages.ts';

/** Where pictures of the pages are kept, if somebody wants to look at them. */
const { SCREENS } = process.env;
const NARROW = { width: 320, height: 640 };
const SIZES = { phone: PHONE, desk: DESK, narrow: NARROW };

let world: PagesWorld;
let browser: Browser;
let windows: Pages;
let made: Furnished;
beforeAll(async () => {
  world = await openPagesWorld();
  made = await furnish(world);
  browser = await launchChromium();
  windows = openPages(browser);
});
afterAll(async () => {
  await windows?.close();
  await browser?.close();
  await world?.close();
});

const keep = async (page: Page, name: string): Promise<void> => {
  if (SCREENS === undefined) return;
  mkdirSync(SCREENS, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${SCREENS}/${name}-${colorScheme}.png`, fullPage: true });
  }
};

const isWiderThanScreen = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

test.each(Object.keys(SIZES) as (keyof typeof SIZES)[])('pages are in order on a %s, light and dark', async (size) => {
  const paths = { home: '/', empty: '/?q=xylograph', ...made.paths, missing: '/e/no-such-event' };
  const page = await windows.open(world.url, SIZES[size]);
  for (const [name, path] of Object.entries(paths)) {
    await page.goto(`${world.url}${path}`);
    // Of the narrowest screen only the width is another.
    if (size !== 'narrow') expect(await complaints(page), name).toEqual([]);
    expect(await isWiderThanScreen(page), `${name} is wider than the screen`).toBe(false);
    await keep(page, `${name}-${size}`);
  }
  // A browser says so itself when what it asked for is not there.
  expect(windows.troubles.filter((trouble) => !/404/.test(trouble))).toEqual([]);
});

test('from what is on, an event is found, and its form leads to the booking of so many tickets', async () => {
  const page = await windows.open(world.url, PHONE);
  await page.getByRole('searchbox', { name: 'What' }).fill('lanterns');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: 'Lanterns on the river' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lanterns on the river' }).waitFor();
  await page.getByRole('radio', { name: /On the bank/ }).check();
  await page.getByLabel('How many').selectOption('2');
  await page.getByRole('button', { name: 'Get tickets' }).click();
  await page.waitForURL(/book/);
  const { pathname, searchParams } = new URL(page.url());
  expect(pathname).toBe(`/app/events/${made.eventId}/book`);
  expect(searchParams.get('quantity')).toBe('2');
  expect(searchParams.get('type')).toBe(made.bankTypeId);
});

test('a reader elsewhere is told the time of their own clock', async () => {
  const context = await browser.newContext({ timezoneId: 'America/New_York', locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${world.url}${made.paths.event}`);
  await page.getByText('where you are').waitFor();
  expect(await page.getByText('Dhaka time').isVisible()).toBe(true);
  await context.close();
});
