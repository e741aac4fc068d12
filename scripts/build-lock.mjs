import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 1_000;
/** A builder whose lock has not been touched for so long is dead, even if its number lives on in another process. */
const ABANDONED_AFTER_MS = 20_000;
const POLL_MS = 100;
/** 128 + SIGINT, SIGTERM, SIGHUP, as a shell would report them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Runs the work while no other process holds the lock file; waits as long as a living one does. */
export async function withBuildLock(file, work) {
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  const release = () => rmSync(file, { force: true });
  const ends = Object.entries(EXIT_CODES).map(([signal, code]) => [signal, () => process.exit(code)]);
  for (const [signal, end] of ends) process.once(signal, end);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    for (const [signal, end] of ends) process.off(signal, end);
    process.off('exit', release);
    release();
  }
}

function take(file) {
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > ABANDONED_AFTER_MS) return true;
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder === 0) return false; // made, not yet written
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // taken away by hand; the build goes on
  }
}
