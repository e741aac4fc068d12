import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { openQueue } from '../../../../src/platform/jobs/queue.ts';
import { createLog } from '../../../../src/platform/log.ts';
import { until } from '../../../support/until.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, say, type World } from '../support/world.ts';

let world: World;
let owner: string;
let goes: string;
let stays: string;

beforeAll(async () => {
  world = await openWorld();
  [owner = '', goes = '', stays = ''] = await makeUsers(world.database, 3);
});
afterAll(() => world.close());

const factsQueue = () => {
  const platform = world.assemblies[0]?.platform;
  if (!platform) throw new Error('no node');
  return openQueue('facts', platform.redis.jobs, createLog('silent'));
};

test.each([
  ['is removed', () => ({ by: owner, operation: 'chat.removeMember', more: { userId: goes } })],
  ['leaves', () => ({ by: goes, operation: 'chat.leave', more: {} })],
])('who %s can send nothing any more, though no fact arrives', async (_how, way) => {
  const { id: chatId } = await world.ask<{ id: string }>(owner, 'chat.open', {
    kind: 'GROUP',
    title: 'A group',
    memberIds: [goes, stays],
  });
  for (const node of [0, 1]) await world.ask(goes, 'chat.send', { chatId, clientId: newId(), body: 'here' }, node);
  await factsQueue().pause();
  try {
    const { by, operation, more } = way();
    await world.ask(by, operation, { chatId, ...more });
    const answeredAtMs = performance.now();
    const tries = () =>
      Promise.all(
        [0, 1].map((node) => world.call(goes, 'chat.send', { chatId, clientId: newId(), body: 'still?' }, node)),
      );
    await until(async () => (await tries()).every((answer) => codeOf(answer) === 'NOT_FOUND'));
    expect(performance.now() - answeredAtMs).toBeLessThan(1_000);
    await say(world, owner, chatId, 'secret');
    const entries = await world.log(`chat:${chatId}`);
    expect(entries.filter(({ signal }) => signal === 'chat.memberLeft')).toHaveLength(1);
  } finally {
    await factsQueue().resume();
  }
  // The fact arrives after all, and tells nobody twice.
  await until(async () => (await world.log(`user:${goes}`)).some(({ signal }) => signal === 'chat.memberLeft'));
  const queue = factsQueue();
  await until(async () => (await queue.getWaitingCount()) + (await queue.getActiveCount()) === 0);
  const entries = await world.log(`chat:${chatId}`);
  expect(entries.filter(({ signal }) => signal === 'chat.memberLeft')).toHaveLength(1);
});
