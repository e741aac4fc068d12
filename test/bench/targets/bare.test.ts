import { afterAll, beforeAll, expect, test } from 'vitest';
import { cpuMicrosOf, processTree } from '../../../bench/cpu/process-tree.ts';
import { startBare } from '../../../bench/targets/bare.ts';
import type { Target } from '../../../bench/targets/target.ts';
import { checkParts } from '../../../bench/workloads/measure.ts';
import { startGenerator } from '../../../load/generator/client.ts';
import { noFaults } from '../../../load/generator/verifier.ts';

let target: Target;

beforeAll(async () => {
  target = await startBare({ isStoring: true });
}, 120_000);

afterAll(() => target.stop(), 60_000);

test('delivers everything once to both nodes, under open and closed load, with all parts of the server counted', async () => {
  const fanout = await startGenerator(await target.castFanout({ receivers: 6, publishers: 2 }));
  const hall = await fanout.fanout({ messagesPerSecond: 50, seconds: 1 });
  await fanout.stop();
  expect(hall).toMatchObject({ sent: 50, acked: 50, deliveries: 300, dropped: 0, notDurable: [] });
  // The bare server promises no order, not even of one publisher.
  expect({ ...hall.faults, disagreed: 0, inverted: 0 }).toEqual(noFaults());

  const rooms = await startGenerator(await target.castRooms({ rooms: 3, members: 3 }));
  const small = await rooms.rooms({ seconds: 1 });
  await rooms.stop();
  expect(small.acked).toBeGreaterThan(3);
  expect(small.deliveries).toBe(small.acked * 3);

  checkParts(target);
  expect(cpuMicrosOf(processTree(target.rootPids))).toBeGreaterThan(0);
}, 60_000);

test('fails to open where the server is gone, instead of measuring nothing', async () => {
  const nowhere = { dialect: 'bare' as const, ports: [1], rooms: [], idle: [{ node: 0 }] };
  await expect(startGenerator(nowhere)).rejects.toThrow(/ECONNREFUSED/);
});
