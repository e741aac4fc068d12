import type { Second } from './gather.ts';

interface Standing {
  elapsedSeconds: number;
  missing: number;
  second: Second;
}

const ms = (value: number | null): string =>
  value === null ? '–' : `${value < 10 ? value.toFixed(1) : Math.round(value)}`;

export const PROGRESS_HEAD =
  '    s  users   sent/s   ack/s  deliveries/s  ack p50 p99 ms  delivery p50 p99 ms  refused  missing';

/** One line a second: what happens now. */
export const progressLine = ({ elapsedSeconds, missing, second }: Standing): string =>
  [
    String(Math.round(elapsedSeconds)).padStart(5),
    String(second.connections).padStart(6),
    String(second.sent).padStart(8),
    String(second.acknowledged).padStart(7),
    String(second.deliveries).padStart(13),
    `${ms(second.acknowledgementP50Ms)} ${ms(second.acknowledgementP99Ms)}`.padStart(15),
    `${ms(second.deliveryP50Ms)} ${ms(second.deliveryP99Ms)}`.padStart(20),
    String(second.refused).padStart(8),
    String(missing).padStart(8),
  ].join(' ');
