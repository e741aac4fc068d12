import type { FaultName } from './names.ts';

/** The processes of a cluster, by name. It also has one Redis and one PostgreSQL. */
export interface Shape {
  nodes: readonly string[];
  workers: readonly string[];
}

/** The cluster that `npm run faults` starts. */
export const SHAPE: Shape = { nodes: ['node-1', 'node-2'], workers: ['worker-1', 'worker-2'] };

/** Workers that join with a wrong clock, and by how much it is ahead, in ms. */
export const SKEWED_WORKERS: Readonly<Record<string, number>> = { 'worker-ahead': 120_000, 'worker-behind': -120_000 };

/** The name of the link over which one reaches another. */
export const linkName = (from: string, to: string): string => `${from}>${to}`;

/** Every link of the cluster: people to nodes, processes to the servers they use. */
export const linksOf = ({ nodes, workers }: Shape): string[] => [
  ...nodes.map((node) => linkName('clients', node)),
  ...[...nodes, ...workers].flatMap((process) => [linkName(process, 'redis'), linkName(process, 'postgres')]),
];

/** Everything that a fault can happen to. */
export const targetsOf = (fault: FaultName, shape: Shape): readonly string[] => {
  switch (fault) {
    case 'kill-node':
      return shape.nodes;
    case 'kill-worker':
    case 'pause-worker':
      return shape.workers;
    case 'kill-redis':
    case 'empty-redis':
    case 'redis-full':
      return ['redis'];
    case 'kill-postgres':
    case 'postgres-read-only':
    case 'postgres-away':
    case 'disk-full':
      return ['postgres'];
    case 'cut-links':
    case 'slow-links':
      return linksOf(shape);
    case 'skew-clock':
      return Object.keys(SKEWED_WORKERS);
    default:
      return fault satisfies never;
  }
};
