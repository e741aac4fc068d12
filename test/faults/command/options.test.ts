import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { DRAWN_FAULTS } from '../plan/names.ts';
import { readOptions } from './options.ts';

const seedsIn = (args: string[]): number[] => readOptions(args).plans.map(({ seed }) => seed);

test('without flags one plan is drawn in which every fault happens', () => {
  const { plans, plants, shrinkWithin } = readOptions([]);
  expect(plans).toHaveLength(1);
  expect(plans[0]).toMatchObject({ scenario: 'mixed', seconds: 180 });
  expect(new Set(plans[0].steps.map(({ fault }) => fault))).toEqual(new Set(DRAWN_FAULTS));
  expect([plants, shrinkWithin]).toEqual([[], 600]);
});

test('seeds are given alone, as a range, or one by one', () => {
  expect(seedsIn(['--seed', '7'])).toEqual([7]);
  expect(seedsIn(['--seeds', '3..6'])).toEqual([3, 4, 5, 6]);
  expect(seedsIn(['--seeds', '9,2'])).toEqual([9, 2]);
});

test('a plan that was written is played as it stands', () => {
  const [plan] = readOptions(['--seed', '5']).plans;
  const file = join(scratchFolder(), 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  expect(readOptions(['--plan', file]).plans).toEqual([plan]);
});

test('mistakes to plant are mutations of the program', () => {
  const { plants } = readOptions(['--plant', 'append-skips-dedupe,claim-without-capacity']);
  expect(plants.map(({ file }) => file)).toEqual([
    'src/platform/rooms/append.lua',
    'src/domains/events/inventory/seats.writes.ts',
  ]);
});

test.each([
  [['--scenario', 'storm'], '--scenario: "storm" is none of chat, on-sale, mixed'],
  [['--faults', 'kill-node,kill-time'], '--faults: "kill-time" is none of kill-node,'],
  [['--seconds', '1.5'], '--seconds takes whole numbers from 1, not "1.5"'],
  [['--seconds', '20'], '20 seconds have no room for'],
  [['--messages', '0'], '--messages takes whole numbers from 1, not "0"'],
  [['--seeds', '5..2'], '--seeds 5..2 must go up'],
  [['--seeds', '1,x'], '--seeds takes whole numbers from 0, not "x"'],
  [['--seed', '1', '--seeds', '2,3'], '--seed and --seeds exclude each other'],
  [['--plan', 'plan.json', '--seed', '1'], '--plan says everything, so --seed may not be given beside it'],
  [['--plan', 'nowhere.json'], '--plan nowhere.json: '],
  [['--plant', 'nothing'], '--plant: there is no mutation "nothing"'],
  [['--hold', '20'], "'--hold'"],
])('%j is refused with the flag', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
