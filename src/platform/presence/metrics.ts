import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is counted of presence. */
export const presenceMetrics = (registers: Registry[]) => ({
  presenceHere: new Gauge({ name: 'rally_presence_here', help: 'People with a connection to this node', registers }),
  presencePending: new Gauge({
    name: 'rally_presence_pending',
    help: 'Connections of this node, come or gone, that Redis has still to be told of',
    registers,
  }),
  presenceLeaving: new Gauge({
    name: 'rally_presence_leaving',
    help: 'People without a connection who may still come back, where this node sweeps',
    registers,
  }),
  presenceSwept: new Counter({
    name: 'rally_presence_swept_total',
    help: 'People swept by this node: `left` became offline, `node` were on a node that is gone',
    labelNames: ['reason'],
    registers,
  }),
  presenceSignals: new Counter({
    name: 'rally_presence_signals_total',
    help: 'presence.changed and presence.counted that were sent, by signal',
    labelNames: ['signal'],
    registers,
  }),
  presenceFlaps: new Counter({
    name: 'rally_presence_flap_total',
    help: 'People who were said to be offline and came back within 30 s: a reason to look why',
    registers,
  }),
  presenceLag: new Histogram({
    name: 'rally_presence_truth_lag_ms',
    help: 'From a change of somebody’s presence to the frame that tells of it, in ms',
    buckets: [50, 100, 250, 500, 1_000, 1_500, 2_000, 5_000],
    registers,
  }),
});
