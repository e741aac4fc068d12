import { expect, test } from 'vitest';
import { readOptions } from '../../bench/options.ts';

test('runs every workload on every server unless told otherwise', () => {
  const options = readOptions([]);
  expect(options.workloads).toEqual(['fanout', 'rooms', 'connect', 'booking']);
  expect(options.servers).toEqual(['rally', 'bare', 'bare-insert']);
  expect(options.rounds).toBe(3);
});

test('takes workloads, servers, rounds and rates', () => {
  const options = readOptions(['rooms', '--only', 'rally,bare', '--rounds', '1', '--ladder', '5000,20000']);
  expect(options).toMatchObject({ workloads: ['rooms'], servers: ['rally', 'bare'], rounds: 1, ladder: [5000, 20000] });
});

test.each([[['dance']], [['--only', 'other']], [['--rounds', '0']], [['--seconds', 'x']], [['--nonsense']]])(
  'refuses %j',
  (args) => {
    expect(() => readOptions(args)).toThrow();
  },
);
