import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAccountOptions } from '../../load/account-options.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const before = process.env.RALLY_DATA_DIR;
let folder: string;
beforeEach(() => {
  folder = scratchFolder();
  process.env.RALLY_DATA_DIR = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env.RALLY_DATA_DIR;
  else process.env.RALLY_DATA_DIR = before;
});

const read = (line: string) => readAccountOptions(line.split(' '));

test.each([
  ['--count 3 --email a@b.example', { kind: 'make', count: 3 }],
  ['--list --email a@b.example', { kind: 'list' }],
  ['--remove --email a@b.example', { kind: 'remove' }],
])('%s', (line, task) => {
  expect(read(line)).toMatchObject({ task, email: 'a@b.example', demoPassword: undefined });
});

test('keeps the accounts of each server apart', () => {
  expect(read('--list --email a@b.example --url https://rally.example').file).toBe(
    '.cache/load-accounts/rally.example.json',
  );
  expect(read('--list --email a@b.example --url http://[::1]:80/x').file).toBe('.cache/load-accounts/---1-.json');
  expect(read('--list --email a@b.example --file f.json').file).toBe('f.json');
});

test('knows the administrator of npm start on this machine, and gives their password to no other', () => {
  writeFileSync(join(folder, 'demo-admin.json'), '{"email":"admin@rally.example","password":"random"}');
  expect(read('--list')).toMatchObject({ email: 'admin@rally.example', demoPassword: 'random' });
  expect(read('--list --email a@b.example').demoPassword).toBe(undefined);
  expect(() => read('--list --url https://rally.example')).toThrow('--email: name an ADMIN');
});

test.each([
  ['--email a@b.example', /Say one of --count N, --list and --remove/],
  ['--count 3 --list --email a@b.example', /Say one of/],
  ['--count 0 --email a@b.example', /--count: "0" must be a number from 1 to 100000/],
  ['--count 1.5 --email a@b.example', /--count: "1.5" must be a whole number/],
  ['--list', /--email: name an ADMIN/],
  ['--list --email a@b.example --url nowhere', /--url: "nowhere"/],
  ['--list --password secret', /password/],
])('refuses %s', (line, message) => {
  expect(() => read(line)).toThrow(message);
});
