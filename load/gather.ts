import type { Closing, Tick } from './crowd/messages.ts';
import { Histogram } from './generator/histogram.ts';

/** What happened in one second, of all processes together. */
export interface Second {
  sent: number;
  acknowledged: number;
  deliveries: number;
  refused: number;
  connections: number;
  /** Percentiles in ms, null where nothing was measured. */
  acknowledgementP50Ms: number | null;
  acknowledgementP99Ms: number | null;
  deliveryP50Ms: number | null;
  deliveryP99Ms: number | null;
}

/** What a run has come to so far. */
export interface Gathered {
  seconds: Second[];
  sent: number;
  acknowledged: number;
  deliveries: number;
  opened: number;
  lost: number;
  missing: number;
  connections: number;
  refusals: Map<string, number>;
  counts: Map<string, number>;
  latencies: Map<string, Histogram>;
  cpuMicros: number;
  peakCpuShare: number;
  latestMs: number;
}

export interface Gathering {
  take: (part: number, tick: Tick) => void;
  /** Ends a second. */
  cut: () => Second;
  so: () => Gathered;
}

const add = (to: Map<string, number>, more: Record<string, number>): void => {
  for (const [name, count] of Object.entries(more)) to.set(name, (to.get(name) ?? 0) + count);
};

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);

/** Puts together what the processes tell second by second. */
export const createGathering = (): Gathering => {
  const state: Gathered = {
    ...{ seconds: [], sent: 0, acknowledged: 0, deliveries: 0, opened: 0, lost: 0, missing: 0, connections: 0 },
    ...{ refusals: new Map(), counts: new Map(), latencies: new Map() },
    ...{ cpuMicros: 0, peakCpuShare: 0, latestMs: 0 },
  };
  const connections = new Map<number, number>();
  const missing = new Map<number, number>();
  let now = emptySecond();

  return {
    take: (part, tick) => {
      state.sent += tick.sent;
      state.acknowledged += tick.acknowledged;
      state.deliveries += tick.deliveries;
      state.opened += tick.opened;
      state.lost += tick.lost;
      add(state.refusals, tick.refusals);
      add(state.counts, tick.counts);
      state.cpuMicros += tick.cpuMicros;
      state.peakCpuShare = Math.max(state.peakCpuShare, tick.cpuShare);
      state.latestMs = Math.max(state.latestMs, tick.latestMs);
      connections.set(part, tick.connections);
      missing.set(part, tick.missing);
      state.connections = sum(connections.values());
      state.missing = sum(missing.values());
      for (const [name, pairs] of Object.entries(tick.samples)) {
        const total = state.latencies.get(name) ?? new Histogram();
        total.addSparse(pairs);
        state.latencies.set(name, total);
        if (name === 'acknowledgement') now.acknowledgement.addSparse(pairs);
        if (name === 'delivery') now.delivery.addSparse(pairs);
      }
      now.sent += tick.sent;
      now.acknowledged += tick.acknowledged;
      now.deliveries += tick.deliveries;
      now.refused += sum(Object.values(tick.refusals));
    },
    cut: () => {
      const { acknowledgement, delivery, ...rates } = now;
      const second: Second = {
        ...rates,
        connections: state.connections,
        acknowledgementP50Ms: percentile(acknowledgement, 0.5),
        acknowledgementP99Ms: percentile(acknowledgement, 0.99),
        deliveryP50Ms: percentile(delivery, 0.5),
        deliveryP99Ms: percentile(delivery, 0.99),
      };
      state.seconds.push(second);
      now = emptySecond();
      return second;
    },
    so: () => state,
  };
};

const emptySecond = () => ({
  ...{ sent: 0, acknowledged: 0, deliveries: 0, refused: 0 },
  acknowledgement: new Histogram(),
  delivery: new Histogram(),
});

const percentile = (histogram: Histogram, fraction: number): number | null =>
  histogram.count === 0 ? null : histogram.percentile(fraction);

/** What was wrong, of all processes together; each must be 0. */
export const correctnessOf = (closings: readonly Closing[]) => {
  const total = (name: keyof Closing['faults']): number => sum(closings.map(({ faults }) => faults[name]));
  const chat = [
    { name: 'lost', count: total('lost'), meaning: 'Deliveries that never came.' },
    { name: 'doubled', count: total('doubled'), meaning: 'Deliveries that came again.' },
    {
      name: 'reordered',
      count: total('disagreed') + total('inverted'),
      meaning: 'Deliveries in another order than others saw, or than their sender sent.',
    },
    { name: 'damaged', count: total('damaged'), meaning: 'Deliveries whose text is not what was sent.' },
    { name: 'phantom', count: total('phantom'), meaning: 'Deliveries of messages that the server had refused.' },
  ];
  const others = new Map<string, { name: string; count: number; meaning: string }>();
  for (const each of closings.flatMap(({ others: found }) => found)) {
    others.set(each.name, { ...each, count: each.count + (others.get(each.name)?.count ?? 0) });
  }
  return [...chat, ...others.values()];
};
