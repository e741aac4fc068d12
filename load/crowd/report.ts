import { performance } from 'node:perf_hooks';
import { Histogram } from '../generator/histogram.ts';
import type { Meter } from '../generator/meter.ts';
import type { Room } from '../generator/room.ts';
import type { Tick } from './messages.ts';

/** Gathers what happens in a process, and gives it out second by second. */
export interface Report {
  sample: (name: string, ms: number) => void;
  refused: (code: string) => void;
  count: (name: string) => void;
  fault: (name: string, meaning: string) => void;
  opened: () => void;
  lost: () => void;
  /** Something was done so much after it was due, in milliseconds. */
  late: (ms: number) => void;
  /** What has happened since it was asked last. */
  tick: () => Tick;
  faults: () => { name: string; count: number; meaning: string }[];
}

interface ReportParts {
  meter: Meter;
  rooms: () => readonly Room[];
  connections: () => number;
}

export const createReport = ({ meter, rooms, connections }: ReportParts): Report => {
  const histograms = new Map<string, Histogram>();
  const refusals = new Map<string, number>();
  const counts = new Map<string, number>();
  const faults = new Map<string, { count: number; meaning: string }>();
  let [opened, lost, latestMs] = [0, 0, 0];
  let [toldSent, toldAcked] = [0, 0];
  let cpu = process.cpuUsage();
  let atMs = performance.now();

  const add = (to: Map<string, number>, name: string, by = 1): void => void to.set(name, (to.get(name) ?? 0) + by);
  const taken = (from: Map<string, number>): Record<string, number> => {
    const record = Object.fromEntries(from);
    from.clear();
    return record;
  };
  const cpuSince = (): Pick<Tick, 'cpuMicros' | 'cpuShare'> => {
    const [used, nowMs] = [process.cpuUsage(cpu), performance.now()];
    const cpuMicros = used.user + used.system;
    const cpuShare = cpuMicros / 1_000 / Math.max(1, nowMs - atMs);
    cpu = process.cpuUsage();
    atMs = nowMs;
    return { cpuMicros, cpuShare };
  };

  return {
    sample: (name, ms) => {
      const histogram = histograms.get(name) ?? new Histogram();
      histograms.set(name, histogram);
      histogram.record(ms);
    },
    refused: (code) => add(refusals, code),
    count: (name) => add(counts, name),
    fault: (name, meaning) => faults.set(name, { count: (faults.get(name)?.count ?? 0) + 1, meaning }),
    opened: () => {
      opened += 1;
    },
    lost: () => {
      lost += 1;
    },
    late: (ms) => {
      latestMs = Math.max(latestMs, ms);
    },
    tick: () => {
      for (const [code, times] of meter.refusals) add(refusals, `chat.send ${code}`, times);
      meter.refusals.clear();
      const samples: Record<string, number[]> = {
        delivery: meter.deliveryMs.sparse(),
        acknowledgement: meter.ackMs.sparse(),
      };
      const deliveries = meter.deliveryMs.count;
      meter.deliveryMs.clear();
      meter.ackMs.clear();
      for (const [name, histogram] of histograms) {
        samples[name] = histogram.sparse();
        histogram.clear();
      }
      const tick: Tick = {
        sent: meter.sent - toldSent,
        acknowledged: meter.acked - toldAcked,
        deliveries,
        connections: connections(),
        ...{ opened, lost, latestMs: Math.max(latestMs, meter.latestSendMs) },
        refusals: taken(refusals),
        counts: taken(counts),
        samples,
        ...cpuSince(),
        missing: rooms().reduce((sum, { verifier }) => sum + Math.max(0, verifier.missing), 0),
      };
      [toldSent, toldAcked] = [meter.sent, meter.acked];
      [opened, lost, latestMs] = [0, 0, 0];
      meter.latestSendMs = 0;
      return tick;
    },
    faults: () => [...faults].map(([name, fault]) => ({ name, ...fault })),
  };
};
