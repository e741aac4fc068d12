import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';

const MAX_LOG_BYTES = 16 * 1024 * 1024;
/** What is of interest stands at the end. */
const READ_BYTES = 65_536;

/**
 * Readies a log for a server that is about to be started. A log that has grown large is kept as `<file>.1`.
 * @returns where in the file the words of this start begin; other starters' words may stand among them
 */
export function beginLog(file: string): number {
  if (!existsSync(file)) return 0;
  const { size } = statSync(file);
  if (size < MAX_LOG_BYTES) return size;
  renameSync(file, `${file}.1`);
  return 0;
}

/** What has been written since, or the end of it. */
export function readLogSince(file: string, beginning: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const start = Math.max(beginning, statSync(file).size - READ_BYTES);
    const buffer = Buffer.alloc(READ_BYTES);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, READ_BYTES, start));
  } finally {
    closeSync(descriptor);
  }
}
