import { useEffect, useState } from 'preact/hooks';
import { client } from '../client.ts';

/** Milliseconds until an instant by the server's clock, told anew each second; 0 once it has passed. */
export const useLeftMs = (untilIso: string | null): number => {
  const left = (): number => (untilIso === null ? 0 : Math.max(0, Date.parse(untilIso) - client.serverNowMs()));
  const [, tick] = useState(0);
  const isOver = left() === 0;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => tick((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, [untilIso, isOver]);
  return left();
};

/** "9:05", "1:02:03", for a clock that runs down. */
export const clockOf = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000);
  const two = (count: number): string => String(count).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
};

/** The time that is left, as a clock. Read out when it is asked for, not each second. */
export const Countdown = ({ leftMs }: { leftMs: number }) => (
  <span class={`num countdown ${leftMs < 60_000 ? 'is-short' : ''}`} role="timer" aria-live="off">
    {clockOf(leftMs)}
  </span>
);
