import { expect, test } from 'vitest';
import { readOptions } from '../../load/options.ts';

const NOW = new Date('2027-03-01T12:00:00Z');

test('has an answer to everything that was not said', () => {
  expect(readOptions([], NOW)).toEqual({
    scenario: 'chat',
    url: 'http://localhost:3000',
    nodes: ['http://localhost:3000'],
    seed: 1,
    users: 100,
    seconds: 30,
    ramp: 3,
    think: 5,
    room: 10,
    expect: '',
    report: 'load/results/2027-03-01T12-00-00.000Z',
    adapter: undefined,
    accounts: '.cache/load-accounts/localhost-3000.json',
  });
});

test('reads what was said', () => {
  const args =
    '--scenario mixed --users 2000 --seconds 60.5 --url https://a.example:8443/x,http://b.example --ramp 0 --seed 7';
  expect(readOptions(args.split(' '), NOW)).toMatchObject({
    ...{ scenario: 'mixed', users: 2000, seconds: 60.5, ramp: 0, seed: 7 },
    ...{ url: 'https://a.example:8443', nodes: ['https://a.example:8443', 'http://b.example'] },
  });
});

test.each([
  ['--users 0', /--users: "0" must be a number from 1/],
  ['--users 1.5', /--users: "1.5" must be a whole number/],
  ['--users 1e9', /--users/],
  ['--users many', /--users: "many"/],
  ['--seconds -1', /argument is ambiguous|--seconds/],
  ['--seconds=-1', /--seconds: "-1" must be a number from 1/],
  ['--ramp=x', /--ramp: "x"/],
  ['--think 0', /--think/],
  ['--room 1', /--room/],
  ['--url localhost:3000', /--url: "localhost:3000" must be like/],
  ['--url ftp://a.example', /--url/],
  ['--url=', /--url/],
  ['--scenario party', /--scenario: "party" is none of chat, rooms/],
  ['--colour red', /--colour/],
  ['chat', /chat/],
])('refuses %s in one sentence', (text, reason) => {
  expect(() => readOptions(text.split(' '), NOW)).toThrow(reason);
});
