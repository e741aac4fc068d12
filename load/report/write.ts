import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadReport } from './contract.ts';
import { renderReport } from './html.ts';

/** Where a report was written. */
export interface Written {
  json: string;
  html: string;
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'it is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
};

/**
 * Writes `report.json` and `report.html` into a folder that exists, and replaces those of an earlier run. A file is there
 * whole or not at all.
 * @throws Error of one sentence that says why it could not be written
 */
export async function writeReport(folder: string, report: LoadReport): Promise<Written> {
  const written = { json: join(folder, 'report.json'), html: join(folder, 'report.html') };
  await writeWhole(written.json, `${JSON.stringify(report, null, 2)}\n`);
  await writeWhole(written.html, renderReport(report));
  return written;
}

/**
 * Writes a file beside its place and moves it there when all of it is on the disk.
 * @throws Error of one sentence that says why it could not be written
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, text, { flush: true });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new Error(`${path} could not be written: ${reasonOf(error)}.`, { cause: error });
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? (REASONS[error.code] ?? error.code) : error.message;
};
