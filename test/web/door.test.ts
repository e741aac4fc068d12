import type { Browser, Page } from 'playwright-core';
import { toBuffer } from 'qrcode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/db/client.ts';
import { newId } from '../../src/platform/ids.ts';
import { type Client, createClient } from '../../src/sdk/client.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { complaints } from './support/complaints.ts';
import { DESK, fillSignIn, makeAccount, openPages, type Pages, PHONE } from './support/pages.ts';

const TABLET = { width: 820, height: 1_180 };
const TICKETS = 18;
const OFFLINE = 10;
/** Two that are scanned twice, and one that is no ticket. */
const REFUSED = 3;

const hana = makeAccount('Hana', 'Hostess');
const zelda = makeAccount('Zelda', 'Quickfinger');

let cluster: Cluster;
let browser: Browser;
let pages: Pages;
let database: Database;
let host: Client;
let guest: Client;
let url: string;
let eventId: string;
let codes: string[];
let door: Page;
let board: Page;

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  cluster = await startCluster({ databaseUrl, redisUrl: await freshRedis() });
  database = openDatabase(databaseUrl, 2);
  url = cluster.nodes[0]?.url ?? '';
  [host, guest] = [createClient({ url }), createClient({ url: cluster.nodes[1]?.url ?? '' })];
  await host.register(hana);
  await guest.register(zelda);
  const { id } = await host.call('event.create', {
    ...{ title: 'Lanterns on the river', description: 'Boats, lanterns and songs.' },
    ...{ startDate: inHours(1), endDate: inHours(4) },
    ticketTypes: [{ name: 'Seat in a boat', price: 0, capacity: 100, maxPerOrder: 50 }],
  });
  eventId = id;
  const { ticketTypes } = await host.call('event.publish', { eventId });
  const items = [{ ticketTypeId: ticketTypes[0]?.id ?? '', quantity: TICKETS }];
  const { id: bookingId } = await guest.call('booking.create', { eventId, items });
  codes = (await guest.call('booking.tickets', { bookingId })).map(({ code }) => code);
  browser = await launchChromium();
  pages = openPages(browser);
}, 120_000);

afterAll(async () => {
  host?.close();
  guest?.close();
  await pages?.close();
  await browser?.close();
  await database?.$disconnect();
  await cluster?.stop();
});

/** Shows a picture of the code to the page, which reads it itself. */
const showPicture = async (page: Page, code: string): Promise<void> => {
  const buffer = await toBuffer(code, { scale: 4 });
  await page.locator('input[type=file]').setInputFiles({ name: 'ticket.png', mimeType: 'image/png', buffer });
};
/** Types as a hardware scanner does, faster than this test could key by key. */
const typeAsHardware = (page: Page, code: string): Promise<void> =>
  page.evaluate(`for (const key of [...${JSON.stringify(code)}, 'Enter']) {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }`);
const verdictOf = (page: Page, outcome: string) => page.locator(`[data-outcome=${outcome}]`);
const scans = async (page: Page, code: string, outcome: string): Promise<void> => {
  await showPicture(page, code);
  await verdictOf(page, outcome).waitFor();
};
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).press('Enter');
const pendingIs = (page: Page, count: number) => page.locator(`[data-pending="${count}"]`).waitFor();
const totalOf = async (page: Page, name: string) => Number(await page.locator(`[data-total=${name}]`).textContent());

/** Everything that lies in IndexedDB, as text. */
const dump = (page: Page): Promise<string> =>
  page.evaluate(`(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await done(indexedDB.open('rally-scanner'));
    const names = [...database.objectStoreNames];
    const stores = await Promise.all(names.map((name) => done(database.transaction(name).objectStore(name).getAll())));
    database.close();
    return JSON.stringify(stores);
  })()`);

test('an invitation makes the browser a device, and the address forgets the token', async () => {
  const { token } = await host.call('scanner.invite', { eventId, name: 'North 1', gate: 'North pier' });
  door = await pages.open(`${url}/scan#token=${token}`, PHONE);
  await door.getByRole('heading', { name: 'North pier · Entrance' }).waitFor();
  await door.getByText('● Online').waitFor();
  await door.getByText('List is fresh').waitFor();
  expect(door.url()).toBe(`${url}/scan`);
  expect(await complaints(door)).toEqual([]);
  await door.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
}, 60_000);

test('with the network cut, codes are judged at once, and wait on the disk over a reload', async () => {
  await door.context().setOffline(true);
  await door.getByText('○ No network').waitFor();
  const names: string[] = [];
  for (const code of codes.slice(0, OFFLINE / 2)) {
    await scans(door, code, 'ADMITTED');
    names.push(...(await door.locator('.who').allTextContents()));
    await next(door);
  }
  // The box in the bundle is opened by the code: the name is known without network.
  expect(names).toEqual(Array.from({ length: OFFLINE / 2 }, () => 'Zelda Quickfinger'));
  await scans(door, codes[1] ?? '', 'DUPLICATE');
  expect(await complaints(door)).toEqual([]);
  await pendingIs(door, OFFLINE / 2 + 1);
  await door.reload();
  await door.getByText('○ No network').waitFor();
  await pendingIs(door, OFFLINE / 2 + 1);
  for (const code of codes.slice(OFFLINE / 2, OFFLINE)) {
    await scans(door, code, 'ADMITTED');
    await next(door);
  }
  await scans(door, codes[0] ?? '', 'DUPLICATE');
  await next(door);
  await scans(door, 'https://example.org/no-ticket', 'INVALID');
  await next(door);
  await pendingIs(door, OFFLINE + REFUSED);
  expect(await database.eventCheckIn.count({ where: { eventId } })).toBe(0);
}, 120_000);

test('what the device holds names nobody', async () => {
  const held = await dump(door);
  expect(held).toContain(codes[0]);
  expect(held).toContain('Lanterns on the river');
  for (const secret of ['Zelda', 'Quickfinger', zelda.username, zelda.email, 'Hana', hana.email]) {
    expect(held).not.toContain(secret);
  }
});

test('leaving a door asks for the number of scans that would be lost', async () => {
  await door.getByRole('button', { name: 'Leave' }).click();
  await door.getByText(`${OFFLINE + REFUSED} scans have`).waitFor();
  expect(await complaints(door)).toEqual([]);
  await door.getByLabel('type their number').fill('3');
  await door.getByRole('button', { name: 'Send them, then forget everything' }).click();
  await until(async () => door.getByRole('button', { name: 'Send them, then forget everything' }).isEnabled());
  await pendingIs(door, OFFLINE + REFUSED);
  await door.keyboard.press('Escape');
});

test('back online, everything is sent once, and board, database and page agree', async () => {
  await door.context().setOffline(false);
  await pendingIs(door, 0);
  await door.getByText(`${OFFLINE} inside`).waitFor();
  expect(await database.eventCheckIn.count({ where: { eventId } })).toBe(OFFLINE + REFUSED);
  const outcomes = await database.checkInOutcome.groupBy({ by: ['outcome'], _count: true });
  const counts = Object.fromEntries(outcomes.map(({ outcome, _count }) => [outcome, _count]));
  expect(counts).toEqual({ ADMITTED: OFFLINE, DUPLICATE: 2, REJECTED: 1 });
  const [scanner] = (await host.call('scanner.list', { eventId })).items;
  expect(scanner?.lastSeq).toBe(OFFLINE + REFUSED);
  board = await pages.open(`${cluster.nodes[1]?.url}/host/events/${eventId}/live`, DESK);
  await fillSignIn(board, hana);
  await board.getByRole('heading', { name: 'The door, live' }).waitFor();
  expect(await totalOf(board, 'admitted')).toBe(OFFLINE);
  expect(await totalOf(board, 'inside')).toBe(OFFLINE);
  expect(await totalOf(board, 'expected')).toBe(TICKETS);
  expect(await complaints(board)).toEqual([]);
  // Codes that the server has answered are forgotten.
  expect(await dump(door)).not.toContain(codes[0]);
}, 60_000);

test('somebody of the team signs in, and a hardware scanner types', async () => {
  const tablet = await pages.open(`${url}/scan`, TABLET);
  expect(await complaints(tablet)).toEqual([]);
  await fillSignIn(tablet, hana);
  await tablet.getByRole('button', { name: /Lanterns on the river/ }).press('Enter');
  await tablet.getByLabel('Gate, if there are several').fill('South');
  await tablet.getByRole('option', { name: 'Entrance' }).waitFor({ state: 'attached' });
  expect(await complaints(tablet)).toEqual([]);
  await tablet.getByRole('button', { name: 'Start scanning' }).press('Enter');
  await tablet.getByText('List is fresh').waitFor();
  await typeAsHardware(tablet, codes[OFFLINE] ?? '');
  await verdictOf(tablet, 'ADMITTED').waitFor();
  const party = tablet.getByRole('group', { name: 'Together on this booking' });
  await party.getByRole('button', { name: 'Seat in a boat' }).first().press('Enter');
  await party.getByRole('button', { name: 'Seat in a boat' }).nth(1).press(' ');
  expect(await complaints(tablet)).toEqual([]);
  await tablet.getByRole('button', { name: 'Let 2 more in' }).press('Enter');
  await tablet.getByText('2 of 2 let in').waitFor();
  await until(async () => (await totalOf(board, 'inside')) === OFFLINE + 3);
  await next(tablet);
  await scans(tablet, codes[0] ?? '', 'DUPLICATE');
  await tablet.getByText('through North pier').waitFor();
  await next(tablet);
  await scans(tablet, codes.at(-1) ?? '', 'ADMITTED');
  await tablet.getByRole('button', { name: 'Undo' }).press('Enter');
  await verdictOf(tablet, 'UNDONE').waitFor();
  expect(await complaints(tablet)).toEqual([]);
  await next(tablet);
  await until(async () => (await totalOf(board, 'inside')) === OFFLINE + 3);
  await tablet.getByRole('button', { name: 'Leave' }).click();
  await tablet.getByRole('button', { name: 'Forget everything' }).click();
  await tablet.getByRole('heading', { name: 'Door scanner' }).waitFor();
}, 120_000);

test('a door that heard of others refuses what they let in, also when it is cut off afterwards', async () => {
  const scanId = newId();
  const { outcome } = await host.call('checkin.scan', { eventId, code: codes[OFFLINE + 5] ?? '', scanId });
  expect(outcome).toBe('ADMITTED');
  await until(async () => (await dump(door)).includes(scanId));
  await door.context().setOffline(true);
  await door.getByText('○ No network').waitFor();
  await scans(door, codes[OFFLINE + 5] ?? '', 'DUPLICATE');
  await next(door);
  await door.context().setOffline(false);
  await pendingIs(door, 0);
}, 60_000);

test('the attendance list is saved as a file', async () => {
  await until(async () => (await totalOf(board, 'inside')) === OFFLINE + 4);
  const [download] = await Promise.all([
    board.waitForEvent('download'),
    board.getByRole('button', { name: 'Attendance list' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trim().split('\r\n');
  expect(lines).toHaveLength(TICKETS + 1);
  expect(lines.filter((line) => line.includes(',yes,'))).toHaveLength(OFFLINE + 4);
});

test('nothing went wrong', () => {
  expect(pages.troubles.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});
