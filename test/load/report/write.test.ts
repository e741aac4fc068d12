import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LoadReport } from '../../../load/report/contract.ts';
import { readReport } from '../../../load/report/read.ts';
import { writeReport } from '../../../load/report/write.ts';
import { sampleReport } from './support/sample.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rally-report-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('a report is written as JSON and as a page, in place of an earlier one', async () => {
  await writeReport(folder, sampleReport({ users: 1 }));
  const written = await writeReport(folder, sampleReport());
  expect(LoadReport.parse(JSON.parse(await readFile(written.json, 'utf8')))).toEqual(sampleReport());
  expect(await readFile(written.html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect((await readdir(folder)).sort()).toEqual(['report.html', 'report.json']);
});

test('a missing folder, and a file in its place, are said in one sentence', async () => {
  const missing = join(folder, 'missing');
  await expect(writeReport(missing, sampleReport())).rejects.toThrow(
    `${join(missing, 'report.json')} could not be written: there is no such folder.`,
  );
  await writeFile(missing, '');
  await expect(writeReport(missing, sampleReport())).rejects.toThrow('it is not a folder.');
});

test.runIf(existsSync('/dev/full'))('a full disk is said, and the earlier report stays', async () => {
  const { json } = await writeReport(folder, sampleReport({ users: 1 }));
  await symlink('/dev/full', `${json}.part`);
  await expect(writeReport(folder, sampleReport())).rejects.toThrow('the disk is full.');
  expect((await readReport(json)).users).toBe(1);
  expect((await readdir(folder)).sort()).toEqual(['report.html', 'report.json']);
});

test('what is no report is refused in one sentence', async () => {
  const path = join(folder, 'report.json');
  const refusal = async (text: string) => {
    await writeFile(path, text);
    return readReport(path).then(String, (error: Error) => error.message);
  };
  const { totals, ...incomplete } = sampleReport();
  const uneven = sampleReport({ server: { seconds: [1, 2], lines: [{ name: 'queue', unit: '', values: [1] }] } });
  expect(await refusal('{"version": 1')).toBe(`${path} is not JSON.`);
  expect(await refusal('null')).toBe(`${path} is not a load report.`);
  expect(await refusal('[]')).toBe(`${path} is not a load report.`);
  expect(await refusal('{"version": 2}')).toBe(`${path} is of version 2, and only version 1 can be read.`);
  expect(await refusal(JSON.stringify(incomplete))).toMatch(/is not a load report: totals: /);
  expect(await refusal(JSON.stringify(uneven))).toMatch(/server: every line needs one value for each second\.$/);
  await expect(readReport(join(folder, 'none.json'))).rejects.toThrow(
    /none\.json cannot be read: there is no such file\.$/,
  );
  await expect(readReport(folder)).rejects.toThrow('cannot be read: it is a folder.');
});
