import type { LoadReport } from '../../../../load/report/contract.ts';

const SECONDS = 180;
const RAMP_SECONDS = 20;
const seconds = Array.from({ length: SECONDS }, (_, second) => second + 1);

/** A repeatable wobble between -1 and 1. */
const wobble = (second: number, seed: number): number =>
  0.6 * Math.sin(second * 0.9 + seed) + 0.4 * Math.sin(second * 2.3 + seed * 7);

/** Grows with the users of the ramp, then stays. */
const ramped = (level: number, seed: number): number[] =>
  seconds.map((second) =>
    Math.max(0, Math.round(level * Math.min(1, second / RAMP_SECONDS) * (1 + 0.04 * wobble(second, seed)))),
  );

/** A hiccup of the server at half time, which the high percentiles show. */
const hiccup = (second: number): number => (second >= 96 && second <= 101 ? 1 : 0);

const latency = (level: number, seed: number, peak: number): (number | null)[] =>
  seconds.map((second) =>
    second < 3
      ? null
      : Number(
          (level * (1 + 0.25 * wobble(second, seed)) + hiccup(second) * peak * (1 - (second - 96) / 8)).toFixed(2),
        ),
  );

/** A run as it may come out, with invented figures. */
export const sampleReport = (changes: Partial<LoadReport> = {}): LoadReport => ({
  version: 1,
  scenario: 'chat',
  users: 2_000,
  seconds: SECONDS,
  rampSeconds: RAMP_SECONDS,
  url: 'http://127.0.0.1:3000',
  command: "npm run load -- chat --users 2000 --seconds 180 --expect 'delivery.p99<250ms,lost=0,refused<1%'",
  startedAt: '2026-03-14T09:26:53.000Z',
  endedAt: '2026-03-14T09:29:57.400Z',
  isInterrupted: false,
  machine: {
    cpu: 'AMD EPYC 7B13',
    cores: 4,
    memoryBytes: 16 * 2 ** 30,
    node: 'v22.14.0',
    platform: 'linux 6.8 x64',
    loadAverage: [0.42, 0.61, 0.7],
  },
  target: {
    name: 'rally',
    url: 'http://127.0.0.1:3000',
    notes: ['The server ran on the machine of the load tool.', 'Two realtime nodes stood behind one address.'],
  },
  generator: {
    processes: 2,
    cpuMicrosPerMessage: 31.4,
    peakCpuShare: 0.58,
    isLimit: false,
    sentence: 'The busiest of 2 processes used 58 % of one core at most.',
  },
  totals: {
    sent: 339_120,
    acknowledged: 338_986,
    deliveries: 6_779_720,
    connectionsOpened: 2_000,
    connectionsLost: 0,
    refusals: { RATE_LIMITED: 121, UNAVAILABLE: 13 },
  },
  latencies: {
    connect: { count: 2_000, p50Ms: 6.1, p90Ms: 11.8, p99Ms: 28.4, p999Ms: 61.2, maxMs: 74.9 },
    acknowledgement: { count: 338_986, p50Ms: 3.4, p90Ms: 7.9, p99Ms: 41.7, p999Ms: 388, maxMs: 941 },
    delivery: { count: 6_779_720, p50Ms: 4.8, p90Ms: 10.3, p99Ms: 57.9, p999Ms: 512, maxMs: 1_204 },
    history: { count: 400, p50Ms: 9.2, p90Ms: 17.5, p99Ms: 49, p999Ms: 88.1, maxMs: 88.1 },
  },
  correctness: [
    { name: 'lost', count: 0, meaning: 'Messages that were acknowledged and that a receiver never got.' },
    { name: 'doubled', count: 0, meaning: 'Deliveries of a message that the receiver already had.' },
    { name: 'reordered', count: 0, meaning: 'Deliveries that came in another order than at the first receiver.' },
    { name: 'damaged', count: 0, meaning: 'Deliveries whose text was not what had been sent.' },
    { name: 'phantom', count: 0, meaning: 'Deliveries of messages that nobody sent.' },
    { name: 'unreadWrong', count: 0, meaning: 'Chats whose count of unread messages was wrong at the end.' },
  ],
  expectations: [
    { text: 'delivery.p99<250ms', value: 57.9, isMet: true },
    { text: 'lost=0', value: 0, isMet: true },
    { text: 'refused<1%', value: 0.0395, isMet: true },
  ],
  verdict: { isGood: true, sentences: [] },
  series: {
    seconds,
    lines: [
      { name: 'sent', unit: '1/s', group: 'rate', values: ramped(2_000, 1) },
      { name: 'acknowledged', unit: '1/s', group: 'rate', values: ramped(1_990, 1.1) },
      { name: 'delivery p50', unit: 'ms', group: 'latency', values: latency(4.8, 2, 30) },
      { name: 'delivery p99', unit: 'ms', group: 'latency', values: latency(38, 3, 640) },
      { name: 'acknowledgement p99', unit: 'ms', group: 'latency', values: latency(27, 4, 420) },
      {
        name: 'open',
        unit: 'connections',
        group: 'connections',
        values: seconds.map((second) => Math.min(2_000, Math.round((2_000 * second) / RAMP_SECONDS))),
      },
      { name: 'refused', unit: '1/s', group: 'errors', values: seconds.map((second) => hiccup(second) * 22) },
      { name: 'lost connections', unit: '1/s', group: 'errors', values: seconds.map(() => 0) },
    ],
  },
  server: {
    seconds: seconds.filter((second) => second % 5 === 0),
    lines: [
      { name: 'event loop delay p99', unit: 'ms', values: fifths(latency(11, 5, 180)) },
      { name: 'persist lag', unit: 's', values: fifths(latency(0.08, 6, 1.7)) },
      { name: 'queue', unit: 'entries', values: fifths(latency(120, 7, 2_400)) },
      { name: 'resident memory', unit: 'bytes', values: fifths(seconds.map((second) => 1.4e8 + 6e5 * second)) },
    ],
  },
  ...changes,
});

function fifths(values: (number | null)[]): (number | null)[] {
  return values.filter((_, index) => (index + 1) % 5 === 0);
}
