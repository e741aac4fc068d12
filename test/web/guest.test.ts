import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/sdk/client.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { complaints } from './support/complaints.ts';
import { DESK, fillSignIn, makeAccount, openPages, type Pages, PHONE, registerByForm } from './support/pages.ts';

const hana = makeAccount('Hana', 'Hostess');
const mina = makeAccount('Mina', 'Karim');

let cluster: Cluster;
let browser: Browser;
let pages: Pages;
let host: Client;
let eventId: string;
let phone: Page;
let desk: Page;

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
/** Payers are led back to the first node, whose address is the server's own: a tab stays signed in at one address. */
const ownUrl = (): string => cluster.nodes[0]?.url ?? '';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

beforeAll(async () => {
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: await freshRedis() });
  host = createClient({ url: ownUrl() });
  await host.register(hana);
  const { id } = await host.call('event.create', {
    ...{ title: 'Lanterns on the river', description: 'Boats, lanterns and songs.' },
    ...{ startDate: inHours(30), endDate: inHours(34), waitlistEnabled: true },
    ticketTypes: [
      { name: 'Seat in a boat', price: 50_000, capacity: 10 },
      { name: 'Place on the pier', price: 0, capacity: 10 },
      { name: 'Steering a boat', price: 90_000, capacity: 1 },
    ],
  });
  eventId = id;
  const { ticketTypes } = await host.call('event.publish', { eventId });
  await host.call('booking.create', { eventId, items: [{ ticketTypeId: ticketTypes[2]?.id ?? '', quantity: 1 }] });
  browser = await launchChromium();
  pages = openPages(browser);
}, 120_000);

afterAll(async () => {
  host?.close();
  await pages?.close();
  await browser?.close();
  await cluster?.stop();
});

test('a stranger opens the page of an event, registers there, and chooses', async () => {
  phone = await pages.open(`${ownUrl()}/app/events/${eventId}/book`, PHONE);
  await registerByForm(phone, mina);
  await heading(phone, 'Lanterns on the river').waitFor();
  await button(phone, 'One more: Seat in a boat').click();
  await button(phone, 'One more: Seat in a boat').click();
  await phone.getByText('I have a code').click();
  await phone.getByLabel('Code', { exact: true }).fill('NOTHING');
  await button(phone, 'Use it').click();
  await phone.getByText('This code does not work here.').first().waitFor();
  expect(await complaints(phone)).toEqual([]);
  await button(phone, 'Without code').click();
  await button(phone, /^Keep 2 tickets for/).click();
  await heading(phone, 'Pay for your tickets').waitFor();
  await phone.getByRole('timer').waitFor();
  expect(await complaints(phone)).toEqual([]);
}, 120_000);

/** Decides at the page of the sandbox, which leads back. */
const decide = async (decision: 'Approve' | 'Decline'): Promise<void> => {
  await button(phone, /^Pay /).click();
  const link = phone.getByRole('link', { name: 'To the payment page' });
  await link.click();
  await button(phone, decision).click();
  if (decision === 'Decline') await phone.getByRole('link', { name: 'Go back' }).click();
  await phone.waitForURL(/[/]app[/]bookings[/]/);
};

test('after a reload the seats are still kept; a declined card is said, and the next one pays', async () => {
  await phone.reload();
  await heading(phone, 'Pay for your tickets').waitFor();
  await decide('Decline');
  await phone.getByText('Your bank declined the payment.').waitFor();
  await decide('Approve');
  await heading(phone, 'You are going!').waitFor();
  await phone.getByRole('link', { name: 'Show the code' }).click();
  await phone.getByRole('img', { name: 'The code of your ticket' }).waitFor();
  expect(await complaints(phone)).toEqual([]);
}, 120_000);

test('what giving back and passing on will do is said first', async () => {
  await button(phone, 'Give back').click();
  await phone.getByText(/You get .* back, the way you paid/).waitFor();
  expect(await complaints(phone)).toEqual([]);
  await button(phone, 'Keep it').click();
  await button(phone, 'Pass on').click();
  await phone.getByText('Yours stops working at once').waitFor();
  expect(await complaints(phone)).toEqual([]);
  await phone.keyboard.press('Escape');
});

test('without network the code is still there, also over a reload', async () => {
  await until(() => phone.evaluate<boolean>('navigator.serviceWorker.controller !== null'), { withinMs: 30_000 });
  await phone.context().setOffline(true);
  await phone.reload();
  await phone.getByRole('img', { name: 'The code of your ticket' }).waitFor();
  await phone.getByText('No network: your tickets are shown').waitFor();
  await phone.context().setOffline(false);
  await phone.getByText('No network: your tickets are shown').waitFor({ state: 'detached' });
}, 120_000);

test('the other pages say what they are for, without complaint', async () => {
  const places: [path: string, shown: string][] = [
    ['/app', 'Hello Mina'],
    ['/app/tickets', 'Your tickets'],
    ['/app/bookings', 'Your bookings'],
    ['/app/notifications', 'News'],
    ['/app/invoices', 'Invoices and credit'],
    ['/app/settings/profile', 'About you'],
    ['/app/settings/notifications', 'Quiet hours'],
    ['/app/settings/privacy', 'What others see'],
    ['/app/settings/security', 'Where you are signed in'],
  ];
  for (const [path, shown] of places) {
    await phone.goto(`${ownUrl()}${path}`);
    await heading(phone, shown).waitFor();
    await phone.locator('.loading').waitFor({ state: 'detached' });
    expect(await complaints(phone), path).toEqual([]);
  }
}, 120_000);

test('news is counted, opened and read', async () => {
  await phone.goto(`${ownUrl()}/app/notifications`);
  await phone.getByText('You are going: Lanterns on the river').click();
  await heading(phone, 'You are going!').waitFor();
  await phone.goBack();
  await button(phone, 'Mark all as read').click();
  await button(phone, 'Mark as read').first().waitFor({ state: 'detached' });
});

/** Presses Tab until what is named so has the focus. */
const tabTo = async (name: string | RegExp): Promise<void> => {
  const isThere = (text: string): boolean => (typeof name === 'string' ? text === name : name.test(text));
  for (let presses = 0; presses < 80; presses += 1) {
    await desk.keyboard.press('Tab');
    const text = await desk.evaluate<string>(
      `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()`,
    );
    if (isThere(text)) return;
  }
  throw new Error(`no Tab leads to ${name}`);
};

test('by keyboard alone one takes a free ticket and waits in line for another', async () => {
  desk = await pages.open(`${ownUrl()}/app/events/${eventId}/book`, DESK);
  await fillSignIn(desk, mina);
  await heading(desk, 'Steering a boat is sold out').waitFor();
  expect(await complaints(desk)).toEqual([]);
  await tabTo('Wait in line');
  await desk.keyboard.press('Enter');
  await desk.getByText('You are next.').waitFor();
  await tabTo('One more: Place on the pier');
  await desk.keyboard.press('Enter');
  await button(desk, 'Get 1 ticket').waitFor();
  await tabTo('Get 1 ticket');
  await desk.keyboard.press('Enter');
  await heading(desk, 'You are going!').waitFor();
}, 120_000);

test('nobody’s tickets are left on a device that signed out, and nothing went wrong on the way', async () => {
  await button(desk, 'Sign out').click();
  await button(desk, 'Create an account').waitFor();
  expect(await desk.evaluate(`Object.keys(sessionStorage).filter((key) => key.includes('tickets'))`)).toEqual([]);
  expect(pages.troubles).toEqual([]);
});
