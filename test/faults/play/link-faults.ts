import type { Slowness, TcpProxy } from '../../support/tcp-proxy.ts';
import type { Step } from '../plan/plan.ts';
import { rest } from './rest.ts';

/** Between two cuts of a link: time enough to connect again and to begin something. */
const BETWEEN_CUTS_MS = 700;
/** A bad line across a continent. */
const SLOW: Slowness = { delayMs: 20, jitterMs: 60, bytesPerSecond: 256 * 1_024 };

/**
 * Closes a link's connections again and again while the step lasts; half-open, it swallows what they carry and closes
 * them in the end.
 * @returns how many connections were closed; 0 when nothing was lost by it
 */
export const cutLink = async (
  link: TcpProxy,
  { lastsMs, isHalfOpen }: Pick<Step, 'lastsMs' | 'isHalfOpen'>,
  signal: AbortSignal,
): Promise<number> => {
  if (isHalfOpen) {
    const before = link.counts().swallowed;
    link.swallow(true);
    await rest(lastsMs, signal);
    const hasLost = link.counts().swallowed > before;
    const cut = link.cut();
    link.swallow(false);
    return hasLost ? cut : 0;
  }
  const endMs = performance.now() + lastsMs;
  let cut = link.cut();
  while (performance.now() < endMs && !signal.aborted) {
    await rest(Math.min(BETWEEN_CUTS_MS, endMs - performance.now()), signal);
    cut += link.cut();
  }
  return cut;
};

/** @returns how many bytes were late */
export const slowLink = async (
  link: TcpProxy,
  { lastsMs }: Pick<Step, 'lastsMs'>,
  signal: AbortSignal,
): Promise<number> => {
  const before = link.counts().delayed;
  link.slow(SLOW);
  await rest(lastsMs, signal);
  link.slow(null);
  return link.counts().delayed - before;
};
