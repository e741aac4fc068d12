import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/sdk/client.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { complaints } from './support/complaints.ts';
import { fillSignIn, makeAccount, openPages, type Pages, PHONE } from './support/pages.ts';

const vera = makeAccount('Vera', 'Venue');
const gil = makeAccount('Gil', 'Guestling');

let cluster: Cluster;
let browser: Browser;
let pages: Pages;
let host: Page;
let owner: Client;
let guest: Client;
let eventId: string;

beforeAll(async () => {
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: await freshRedis(), nodes: 1 });
  [owner, guest] = [createClient({ url: urlOf() }), createClient({ url: urlOf() })];
  await owner.register(vera);
  await guest.register(gil);
  browser = await launchChromium();
  pages = openPages(browser);
}, 120_000);

afterAll(async () => {
  owner?.close();
  guest?.close();
  await pages?.close();
  await browser?.close();
  await cluster?.stop();
});

const urlOf = (): string => cluster.nodes[0]?.url ?? '';
const button = (name: string | RegExp) => host.getByRole('button', { name, exact: true });
const part = (name: string) =>
  host.getByRole('navigation', { name: 'Pages of this event' }).getByRole('link', { name });
const region = (name: string) => host.getByRole('region', { name, exact: true });
const axeIsContent = async (): Promise<void> => expect(await complaints(host)).toEqual([]);

/** Presses Tab until what has the focus has this name, from wherever the focus is. */
const tabTo = async (name: string): Promise<void> => {
  const focused = () =>
    host.evaluate<string>(
      '(({ labels, textContent } = document.activeElement) => (labels?.[0]?.textContent ?? textContent ?? "").trim())()',
    );
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused()) === name) return;
    await host.keyboard.press('Tab');
  }
  throw new Error(`no way to “${name}” by keyboard`);
};

test('a host who has no event yet is shown how to begin', async () => {
  host = await pages.open(`${urlOf()}/host`);
  await fillSignIn(host, vera);
  await host.getByRole('heading', { name: 'Bring people together' }).waitFor();
  await axeIsContent();
});

test('an event is made by keyboard alone, and what is refused is told at its field and stays', async () => {
  await tabTo('Make your first event');
  await host.keyboard.press('Enter');
  await host.getByRole('heading', { name: 'New event' }).waitFor();
  await tabTo('What is it called?');
  await host.keyboard.type('Candles on the roof');
  await host.getByLabel('Starts').fill('2020-01-01T20:00');
  await tabTo('Publish');
  await host.keyboard.press('Enter');
  await until(async () => (await host.getByLabel('Starts').getAttribute('aria-invalid')) === 'true');
  expect(await host.getByLabel('What is it called?').inputValue()).toBe('Candles on the roof');
  expect(await host.evaluate<string>('document.activeElement?.getAttribute("type") ?? ""')).toBe('datetime-local');
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await host.getByLabel('Starts').fill(`${inAMonth}T20:00`);
  await tabTo('Free');
  await host.keyboard.press('ArrowRight');
  await tabTo('Price');
  await host.keyboard.type('12.50');
  await tabTo('Seats');
  await host.keyboard.type('40');
  await tabTo('More');
  await host.keyboard.press('Enter');
  await host.getByLabel('Does it repeat?').selectOption({ label: 'Every week' });
  await host.getByText('It goes on without an end').waitFor();
  await axeIsContent();
  await host.getByLabel('Does it repeat?').selectOption({ label: 'Not at all' });
  await tabTo('Keep as a draft');
  await host.keyboard.press('Enter');
  await host.locator('[data-state=DRAFT]').waitFor();
  eventId = new URL(host.url()).pathname.split('/')[3] ?? '';
  await axeIsContent();
});

test('a draft is finished and published, and its link can be copied', async () => {
  await host.getByLabel('In one sentence').fill('A hundred candles and a violin.');
  await button('Save').click();
  await host.getByText('Saved', { exact: true }).waitFor();
  await button('Publish').click();
  await host.locator('[data-state=PUBLISHED]').waitFor();
  await button('Copy the link').waitFor();
});

test('tickets and codes are made, and shown', async () => {
  await part('Tickets').click();
  await region('Kinds of tickets').getByText('0 of 40 sold').waitFor();
  await region('A new kind').getByLabel('Name').fill('Standing');
  await button('Add it').click();
  await region('Kinds of tickets').locator('b', { hasText: 'Standing' }).waitFor();
  await button('Change Standing').click();
  await host.getByRole('dialog').getByLabel('Seats').fill('7');
  await axeIsContent();
  await host.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await region('Kinds of tickets').getByText('0 of 7 sold').waitFor();
  await part('Codes').click();
  await host.getByRole('heading', { name: 'No code yet' }).waitFor();
  await host.getByLabel('Code', { exact: true }).fill('violin');
  await button('Add it').click();
  await region('Codes').getByText('VIOLIN', { exact: true }).waitFor();
  await axeIsContent();
});

test('a sale is seen, with its guest and its money', async () => {
  const { ticketTypes } = await guest.call('event.get', { eventId });
  const items = [{ ticketTypeId: ticketTypes.find(({ price }) => price.amountMinor > 0)?.id ?? '', quantity: 2 }];
  const { id: bookingId } = await guest.call('booking.create', { eventId, items });
  const { providerRef } = await guest.call('booking.pay', { bookingId, method: 'CARD' });
  await guest.call('sandbox.approve', { ref: providerRef ?? '' });
  await until(async () => (await guest.call('booking.get', { bookingId })).status === 'CONFIRMED');
  await part('Guests').click();
  await region('Guests').getByText('Gil Guestling').first().waitFor();
  await host.getByLabel('Name or reference').fill('nobody');
  await host.getByRole('heading', { name: 'Nobody fits' }).waitFor();
  await host.getByLabel('Name or reference').fill('guestl');
  await until(async () => (await region('Guests').getByRole('listitem').count()) === 2);
  await axeIsContent();
  const download = host.waitForEvent('download');
  await button('Save as a table (CSV)').click();
  expect((await download).suggestedFilename()).toMatch(/^candles-on-the-roof.*-guests\.csv$/);
});

test('an update says whom it reaches, and reaches them', async () => {
  await part('Updates').click();
  await host.getByText('It goes to 1 guest.').waitFor();
  await host.getByLabel('Subject').fill('Bring a warm coat');
  await host.getByLabel('Words').fill('It is windy up there.');
  await axeIsContent();
  await button('Send it').click();
  await region('Sent').getByText('Bring a warm coat').waitFor();
  expect(await host.getByLabel('Words').inputValue()).toBe('');
  const { items } = await guest.call('eventUpdate.list', { eventId });
  expect(items.map(({ title }) => title)).toEqual(['Bring a warm coat']);
});

test('one guest gets money back, the amount said first', async () => {
  await part('Guests').click();
  await button(/^Refund/)
    .first()
    .click();
  const dialog = host.getByRole('dialog');
  await dialog.getByText('The seat is free again').waitFor();
  await axeIsContent();
  await dialog.getByLabel(/^Amount in/).fill('99');
  expect(await dialog.getByRole('button', { name: 'Give it back' }).isDisabled()).toBe(true);
  await dialog.getByLabel(/^Amount in/).fill('5');
  await dialog.getByRole('button', { name: /^Give back/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await part('Money').click();
  const sums = region('Where the money went');
  await until(async () => /Went back to guests−\D*5\.00/.test((await sums.textContent()) ?? ''));
  await region('Sales').getByRole('img').waitFor();
  await region('Bookings').getByText('Gil Guestling').waitFor();
  await axeIsContent();
});

test('the other pages say what to do where there is nothing', async () => {
  await part('Waitlist').click();
  await host.getByRole('heading', { name: 'Nobody waits' }).waitFor();
  await axeIsContent();
  await part('Team').click();
  await region('Team').getByText('Vera Venue').waitFor();
  await axeIsContent();
  await part('Repeat').click();
  await region('Days of the series').getByText('It goes on without an end').waitFor();
  await axeIsContent();
  await host.goto(`${urlOf()}/host/events/${eventId}/requests`);
  await host.getByRole('heading', { name: 'Nobody is waiting for your answer' }).waitFor();
  await host.goto(`${urlOf()}/host/plan`);
  await host.getByRole('heading', { name: 'Your plan' }).waitFor();
  await axeIsContent();
  await host.goto(`${urlOf()}/host/payouts`);
  await region('Every movement').getByText('A booking was paid').waitFor();
  await axeIsContent();
});

test('calling it off says first how many it concerns and how much goes back', async () => {
  const phone = await pages.open(`${urlOf()}/host/events/${eventId}/details`, PHONE);
  host = phone;
  await fillSignIn(host, vera);
  await button('Call it off').click();
  const dialog = host.getByRole('dialog');
  await dialog.getByText('2 guests have a ticket.').waitFor();
  await dialog.getByText(/20\.00 goes back to them/).waitFor();
  await axeIsContent();
  await dialog.getByRole('button', { name: 'Call it off and pay everybody back' }).click();
  await host.locator('[data-state=CANCELLED]').waitFor();
  await host.goto(`${urlOf()}/host`);
  await host.getByRole('heading', { name: 'Called off events' }).waitFor();
  await axeIsContent();
});

test('nothing went wrong', () => {
  expect(pages.troubles).toEqual([]);
});
