import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '../../src/platform/db/client.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { DEMO_EVENTS } from '../../src/seed/demo/events.ts';
import { GUEST_NAMES } from '../../src/seed/demo/guests.ts';
import { DEMO_PASSWORD, WHO } from '../../src/seed/people.ts';
import { openWorld, registration, type World } from '../domains/identity/world.ts';
import { SHORT_LIVED } from '../support/short-lived.ts';

const PROGRAM = projectPath('dist/seed.js');
const run = promisify(execFile);

// Each test runs the program several times.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let database: Database;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rally-seed-'));
});
beforeEach(async () => {
  await world?.close();
  world = await openWorld();
  database = world.database;
});
afterAll(async () => {
  await world.close();
  await rm(dataDir, { recursive: true });
});

/** Runs the program as `npm run db:seed` does. @returns what it printed */
const seed = async (environment: NodeJS.ProcessEnv = {}): Promise<string> => {
  const env = { ...process.env, DATABASE_URL: world.databaseUrl, RALLY_DATA_DIR: dataDir, ...environment };
  const { stdout } = await run(process.execPath, [...SHORT_LIVED, PROGRAM], { env });
  return stdout;
};

const everything = async (): Promise<string> => {
  const rows = [
    await database.user.findMany({ orderBy: { id: 'asc' } }),
    await database.chat.findMany({
      orderBy: { id: 'asc' },
      include: { participants: true, messages: true, sequence: true },
    }),
    await database.messageReaction.count(),
  ];
  return JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? Number(value) : value));
};

test('makes people who can sign in, says how, and does nothing the second time', async () => {
  const printed = await seed();
  const logins = JSON.parse(await readFile(join(dataDir, 'demo-logins.json'), 'utf8'));
  expect(logins).toHaveLength(4);
  for (const { email, password } of logins) {
    expect(printed).toContain(`sign in as ${email} with ${password}`);
    const { accessToken } = await world.ask('session.login', { email, password });
    const me = await world.ask<{ email: string; profile: object }>('profile.me', {}, { as: accessToken });
    expect(me).toMatchObject({ email, profile: { bio: expect.any(String), completionPercentage: 75 } });
  }
  const before = await everything();
  expect(await seed()).toBe('');
  expect(await everything()).toBe(before);
});

test('leaves chats whose positions, ordinals and totals agree', async () => {
  await seed();
  const chats = await database.chat.findMany({ include: { participants: true, messages: true, sequence: true } });
  expect(new Set(chats.map(({ kind }) => kind))).toEqual(new Set(['DIRECT', 'GROUP', 'EVENT']));
  for (const { kind, directKey, title, participants, messages, sequence } of chats) {
    const members = participants.map(({ userId }) => userId);
    expect(directKey).toBe(kind === 'DIRECT' ? members.toSorted().join(':') : null);
    expect(title === null).toBe(kind === 'DIRECT');
    expect(sequence?.lastOrdinal).toBe(BigInt(messages.length));
    const ordinals = messages.toSorted((a, b) => Number(a.seq - b.seq)).map(({ ordinal }) => Number(ordinal));
    expect(ordinals).toEqual(messages.map((_, index) => index + 1));
    for (const { seq, appliedSeq, senderId } of messages) {
      expect(appliedSeq).toBeGreaterThanOrEqual(seq);
      expect(appliedSeq).toBeLessThanOrEqual(sequence?.lastSeq ?? 0n);
      expect(members).toContain(senderId);
    }
    for (const { lastReadSeq, lastReadOrdinal } of participants) {
      expect(messages.filter(({ seq }) => seq <= lastReadSeq)).toHaveLength(Number(lastReadOrdinal));
    }
  }
});

test('of two starts at once one does the work', async () => {
  const printed = await Promise.all([seed(), seed()]);
  expect(printed.filter((text) => text.includes(DEMO_PASSWORD))).toHaveLength(1);
  expect(await database.user.count()).toBe(WHO.length + GUEST_NAMES.length + 1);
  expect(await database.user.findMany({ where: { role: 'ADMIN' }, select: { email: true } })).toEqual([
    { email: 'admin@rally.example' },
  ]);
  expect(await database.event.count()).toBe(DEMO_EVENTS.length);
});

test.each([
  ['email', { email: 'grace@rally.example', username: 'someone' }],
  ['username', { email: 'someone@rally.example', username: 'linus' }],
])('stands back when somebody has the %s of a demo person', async (_field, names) => {
  await world.ask('account.register', { ...registration('someone'), ...names });
  expect(await seed()).toMatch(/somebody else has the name/);
  expect(await database.user.count()).toBe(1);
});

test('makes nobody in production', async () => {
  expect(await seed({ NODE_ENV: 'production' })).toMatch(/no demo people in production/);
  expect(await database.user.count()).toBe(0);
  expect(await database.eventCategory.count()).toBeGreaterThan(40);
});
