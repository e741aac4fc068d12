import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Client, createClient } from '../../src/sdk/client.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { complaints } from './support/complaints.ts';
import { DESK, fillSignIn, makeAccount, openPages, type Pages, PHONE } from './support/pages.ts';

const hana = makeAccount('Hana', 'Hostess');
const gus = makeAccount('Gus', 'Guestson');

let cluster: Cluster;
let browser: Browser;
let pages: Pages;
let host: Client;
let guest: Client;
let eventId: string;
let desk: Page;
let phone: Page;

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

beforeAll(async () => {
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: await freshRedis() });
  [host, guest] = [createClient({ url: urlOf(0) }), createClient({ url: urlOf(1) })];
  await host.register(hana);
  await guest.register(gus);
  const { id } = await host.call('event.create', {
    ...{ title: 'Lanterns on the river', description: 'Boats, lanterns and songs.' },
    ...{ startDate: inHours(1), endDate: inHours(4) },
    ticketTypes: [{ name: 'Seat in a boat', price: 0, capacity: 100 }],
  });
  eventId = id;
  await host.call('event.publish', { eventId });
  browser = await launchChromium();
  pages = openPages(browser);
}, 120_000);

afterAll(async () => {
  host?.close();
  guest?.close();
  await pages?.close();
  await browser?.close();
  await cluster?.stop();
});

const urlOf = (node: number): string => cluster.nodes[node]?.url ?? '';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const clap = () => phone.getByRole('button', { name: 'Clap 👏' });
const polls = (page: Page) => page.getByRole('region', { name: 'Polls' });
const queue = () => desk.getByRole('region', { name: 'Questions', exact: true });
const inQueue = (words: string) => queue().getByRole('listitem').filter({ hasText: words });
const applauseOn = async (page: Page, emoji: string) =>
  Number(await page.locator(`[data-applause="${emoji}"]`).textContent());
const asks = async (words: string): Promise<void> => {
  await phone.getByLabel('Your question').fill(words);
  await button(phone, 'Ask').click();
  await until(async () => (await phone.getByLabel('Your question').inputValue()) === '');
};

test('guest and host sign in, and see a stage that is not open yet', async () => {
  phone = await pages.open(`${urlOf(1)}/app/live/${eventId}`, PHONE);
  await fillSignIn(phone, gus);
  await phone.getByRole('heading', { name: 'Lanterns on the river' }).waitFor();
  await phone.getByText('○ Not open yet').waitFor();
  expect(await clap().isDisabled()).toBe(true);
  expect(await complaints(phone)).toEqual([]);
  desk = await pages.open(`${urlOf(0)}/host/events/${eventId}/desk`, DESK);
  await fillSignIn(desk, hana);
  await desk.getByRole('heading', { name: 'The desk' }).waitFor();
  expect(await complaints(desk)).toEqual([]);
});

test('the host opens the stage, and claps of the guest are seen by both', async () => {
  await button(desk, 'Open the stage').click();
  await phone.getByText('● Live').waitFor();
  for (let each = 0; each < 3; each += 1) await clap().click();
  await until(async () => (await applauseOn(phone, '👏')) === 3);
  await until(async () => Number(await desk.locator('[data-total=viewers]').textContent()) > 0);
});

test('what is announced and pinned stays on top', async () => {
  await desk.getByLabel('Title').fill('The choir sings at half past seven');
  await desk.getByLabel('Words').fill('Come to the north pier.');
  await desk.getByLabel('keep it on top').check();
  await button(desk, 'Tell everybody').click();
  await phone.getByRole('region', { name: 'Announcement' }).getByText('Come to the north pier.').waitFor();
});

test('a poll is made at the desk, and voted on by keyboard alone, its tally hidden until the close', async () => {
  await desk.getByLabel('What do you ask?').fill('Which song comes last?');
  await desk.getByLabel('Choices, one a line').fill('River\nLantern\nNight');
  await desk.getByLabel('Who sees the results').selectOption('AFTER_CLOSE');
  await button(desk, 'Prepare the poll').click();
  await button(desk, 'Open the poll').click();
  await polls(phone).getByRole('heading', { name: 'Which song comes last?' }).waitFor();
  await polls(phone).getByText('Results are shown when the poll closes.').waitFor();
  // From the top of the page on, with nothing but keys.
  await phone.locator('body').press('Tab');
  const focused = () => phone.evaluate<string>('document.activeElement?.getAttribute("type") ?? ""');
  for (let presses = 0; (await focused()) !== 'radio' && presses < 20; presses += 1) await phone.keyboard.press('Tab');
  expect(await focused()).toBe('radio');
  await phone.keyboard.press('ArrowDown');
  await phone.keyboard.press('Enter');
  await polls(phone).getByText('You have voted').waitFor();
  expect(await polls(phone).getByRole('radio', { name: 'Lantern' }).isChecked()).toBe(true);
  expect(await polls(phone).locator('[data-results]').count()).toBe(0);
  await polls(desk).getByText('1 vote', { exact: false }).first().waitFor();
  expect(await complaints(phone)).toEqual([]);
  expect(await complaints(desk)).toEqual([]);
});

test('the close shows how it stands', async () => {
  await button(desk, 'Close the poll').click();
  await polls(phone).locator('[data-poll=CLOSED] [data-results]').waitFor();
  await polls(phone).getByText('1 vote').waitFor();
  expect(await complaints(phone)).toEqual([]);
});

test('a tally that is shown after the vote follows the votes of others', async () => {
  const { id: pollId } = await host.call('poll.create', {
    ...{ eventId, kind: 'RATING', prompt: 'How was the choir?', steps: 5, reveal: 'AFTER_VOTE' },
  });
  const { options } = await host.call('poll.open', { eventId, pollId });
  await polls(phone).getByText('You see the results once you have voted.').waitFor();
  await polls(phone).getByRole('radio', { name: '4' }).check();
  await button(phone, 'Vote').click();
  await polls(phone).getByText('of 5').waitFor();
  await host.call('poll.vote', { eventId, pollId, choices: [options[4]?.id ?? ''] });
  await polls(phone).getByText('4.5').waitFor();
  await host.call('poll.close', { eventId, pollId });
});

test('questions are looked at, shown, wanted, answered and put aside for a reason', async () => {
  await desk.getByRole('combobox', { name: 'Questions' }).selectOption('MODERATED');
  await phone.getByText('The team looks at each question before others see it.').waitFor();
  await phone.getByLabel('without my name').check();
  await asks('May we bring our own lights?');
  await phone.getByText('The team looks at it first').waitFor();
  await inQueue('May we bring our own lights?').getByText('without a name').waitFor();
  await inQueue('May we bring our own lights?').getByRole('button', { name: 'Show to all' }).click();
  await phone.locator('[data-question=VISIBLE]').getByText('yours').waitFor();
  await host.call('live.configure', { eventId, version: await versionNow(), questions: 'OPEN' });
  await host.call('question.ask', { eventId, body: 'When does the last boat leave?' });
  const upvote = phone.getByRole('button', { name: /When does the last boat leave/ });
  await upvote.click();
  await phone.locator('.upvote[aria-pressed=true]', { hasText: '2' }).waitFor();
  await inQueue('last boat').getByRole('button', { name: 'Take it now' }).click();
  await phone.getByText('Being answered now').waitFor();
  await inQueue('last boat').getByRole('button', { name: 'Answered…' }).click();
  await inQueue('last boat').getByLabel('Answer to be read').fill('At eleven.');
  expect(await complaints(desk)).toEqual([]);
  await button(desk, 'It was answered').click();
  await phone.getByText('1 answered question').click();
  await phone.getByText('At eleven.').waitFor();
  await inQueue('own lights').getByRole('button', { name: 'Put aside…' }).click();
  await desk.getByLabel('Why, for its author to read').selectOption('TIME');
  await button(desk, 'Put it aside').click();
  await phone.getByText('There is no time left for it.').waitFor();
  await phone.getByText('2 asked · 1 answered · 1 put aside').waitFor();
  expect(await complaints(phone)).toEqual([]);
});

const versionNow = async (): Promise<number> => (await host.call('live.get', { eventId })).version;

test('what somebody else decided meanwhile is told, and the newest is shown', async () => {
  await phone.getByLabel('without my name').uncheck();
  await asks('Is there tea?');
  const line = await holdWhatIsTold(desk);
  await inQueue('Is there tea?').getByRole('button', { name: 'Take it now' }).waitFor();
  line.hold();
  const { items } = await host.call('question.list', { eventId });
  const question = items.find(({ body }) => body === 'Is there tea?');
  await host.call('question.take', { eventId, questionId: question?.id ?? '', version: question?.version ?? 0 });
  // The desk has not heard of it.
  await inQueue('Is there tea?').getByRole('button', { name: 'Take it now' }).click();
  line.release();
  await queue().getByText('Somebody else has decided about the question meanwhile').waitFor();
  await inQueue('Is there tea?').getByText('Being answered').waitFor();
});

/** Loads a page anew, so that what the server tells it can be held back for a while. */
const holdWhatIsTold = async (page: Page) => {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((words) => {
      if (held) held.push(() => socket.send(words));
      else socket.send(words);
    });
  });
  await page.reload();
  return {
    hold: () => {
      held = [];
    },
    release: () => {
      for (const send of held ?? []) send();
      held = null;
    },
  };
};

test('a mute is seen by whom it concerns, and taken back', async () => {
  await inQueue('Is there tea?').getByRole('button', { name: 'The author…' }).click();
  await desk.getByLabel('Why, for the team to read').fill('Shouts at the choir.');
  expect(await complaints(desk)).toEqual([]);
  await button(desk, 'Mute').click();
  await phone.getByText('The team has muted you until').waitFor();
  expect(await clap().isDisabled()).toBe(true);
  expect(await complaints(phone)).toEqual([]);
  await desk.getByRole('region', { name: 'Taking no part' }).getByText('Gus Guestson').waitFor();
  await button(desk, 'Let them take part again').click();
  await until(() => clap().isEnabled());
});

test('who is sent out of the room sees no stage, and sees it again when the team lets them', async () => {
  const userId = guest.userId() ?? '';
  await host.call('live.remove', { eventId, userId, minutes: 10, reason: 'Throws paper boats.' });
  await phone.getByRole('heading', { name: 'There is no such stage' }).waitFor();
  await host.call('live.unmute', { eventId, userId });
  await phone.reload();
  await phone.getByText('● Live').waitFor();
});

test('what was typed outlives a reload, and a line that is cut is told', async () => {
  await phone.getByLabel('Your question').fill('Who built the boats?');
  await phone.reload();
  await phone.getByText('● Live').waitFor();
  expect(await phone.getByLabel('Your question').inputValue()).toBe('Who built the boats?');
  await phone.context().setOffline(true);
  await phone.locator('.stage').getByText('Reconnecting…').waitFor();
  expect(await button(phone, 'Ask').isDisabled()).toBe(true);
  expect(await complaints(phone)).toEqual([]);
  await host.call('live.applaud', { eventId, emoji: '🔥', count: 7 });
  await until(async () => (await host.call('live.get', { eventId })).applause['🔥'] === 7);
  await phone.context().setOffline(false);
  await until(async () => (await applauseOn(phone, '🔥')) === 7, { withinMs: 30_000 });
});

test('the stage is paused, goes on, and ends', async () => {
  await button(desk, 'Pause').click();
  await phone.getByText('The stage is paused.').waitFor();
  expect(await button(phone, 'Ask').isDisabled()).toBe(true);
  expect(await complaints(phone)).toEqual([]);
  await button(desk, 'Go on').click();
  await until(() => button(phone, 'Ask').isEnabled());
  desk.once('dialog', (dialog) => void dialog.accept());
  await button(desk, 'Close the stage').click();
  await phone.getByText('The evening is over.').waitFor();
  await desk.getByText('■ Ended').waitFor();
  expect(await complaints(phone)).toEqual([]);
  expect(await complaints(desk)).toEqual([]);
});

test('there is no stage at other addresses, and no desk for guests', async () => {
  await phone.goto(`${urlOf(1)}/app/live/${newId()}`);
  await phone.getByRole('heading', { name: 'There is no such stage' }).waitFor();
  expect(await complaints(phone)).toEqual([]);
  await phone.goto(`${urlOf(1)}/host/events/${eventId}/desk`);
  await phone.getByRole('heading', { name: 'The desk is for the team' }).waitFor();
  expect(await complaints(phone)).toEqual([]);
});

test('nothing went wrong', () => {
  expect(pages.troubles.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});
