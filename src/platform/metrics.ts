import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { presenceMetrics } from './presence/metrics.ts';

/** Upper bounds in seconds, from a cache hit to the longest wait a caller is let in for. */
const LATENCY_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Everything this process counts. Histograms, so that quantiles can be taken over all nodes. */
export const createMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const buckets = LATENCY_BUCKETS_SECONDS;
  return {
    registry,
    operations: new Histogram({
      name: 'rally_operation_seconds',
      help: 'Time from taking a call to its answer',
      labelNames: ['operation', 'code'],
      buckets,
      registers,
    }),
    connections: new Gauge({ name: 'rally_connections', help: 'Live sockets on this node', registers }),
    framesOut: new Counter({ name: 'rally_frames_out_total', help: 'Room frames written to sockets', registers }),
    entriesOut: new Counter({
      name: 'rally_entries_out_total',
      help: 'Room entries in those frames, times receivers',
      registers,
    }),
    fanoutLag: new Histogram({
      name: 'rally_fanout_lag_seconds',
      help: 'From append in the log to the write to the first socket of this node',
      buckets,
      registers,
    }),
    gateGaps: new Counter({ name: 'rally_gate_gaps_total', help: 'Holes found in a room and fetched', registers }),
    resumes: new Counter({
      name: 'rally_resume_total',
      help: 'Watches and resumes by how they were answered',
      labelNames: ['result'],
      registers,
    }),
    slowConsumers: new Counter({
      name: 'rally_slow_total',
      help: 'Sockets that did not keep up, by what was done',
      labelNames: ['action'],
      registers,
    }),
    persistedEntries: new Counter({ name: 'rally_persisted_entries_total', help: 'Log entries stored', registers }),
    persistLag: new Gauge({
      name: 'rally_persist_lag_seconds',
      help: 'Age of the oldest entry that is not stored yet, when a batch was taken',
      registers,
    }),
    persistStopped: new Gauge({
      name: 'rally_persist_stopped',
      help: '1 while nothing can be stored: PostgreSQL is away, or its tables, rights, disk or memory are not as they must be',
      registers,
    }),
    persistStuckRooms: new Gauge({
      name: 'rally_persist_stuck_rooms',
      help: 'Rooms that cannot be stored while others are',
      registers,
    }),
    redisMemory: new Gauge({
      name: 'rally_redis_memory_share',
      help: "Used share of the memory limit of the log's Redis; from 0.9 on nothing is appended to rooms",
      registers,
    }),
    upkeepRows: new Counter({
      name: 'rally_upkeep_rows_total',
      help: 'Rows that upkeep deleted, moved or compared',
      labelNames: ['job', 'table'],
      registers,
    }),
    recountDifferences: new Counter({
      name: 'rally_recount_differences_total',
      help: 'Kept values that differed from their source, by whether they were repaired',
      labelNames: ['table', 'outcome'],
      registers,
    }),
    monthsAhead: new Gauge({
      name: 'rally_months_ahead',
      help: 'Months after this one that a log cut by month is ready for',
      labelNames: ['table'],
      registers,
    }),
    clockAhead: new Gauge({
      name: 'rally_clock_ahead_seconds',
      help: "How far this worker's clock is ahead of the one all share, negative when it is behind",
      registers,
    }),
    ...presenceMetrics(registers),
    deadLetters: new Counter({
      name: 'rally_dead_letters_total',
      help: 'Entries, jobs and facts put aside',
      registers,
    }),
  };
};

export type Metrics = ReturnType<typeof createMetrics>;
