import type { Step } from './plan.ts';

/** What a step needs to be as it is, and what it must have for itself. */
interface Claims {
  alone: readonly string[];
  shared: readonly string[];
}

/** That a server answers is claimed apart from what state it is in: a link to a full Redis may be slow. */
const up = (server: string): string => `${server} answers`;

const claimsOf = ({ fault, target }: Pick<Step, 'fault' | 'target'>): Claims => {
  switch (fault) {
    case 'kill-redis':
      return { alone: [target, up(target)], shared: [] };
    // What it loses is counted in PostgreSQL.
    case 'empty-redis':
      return { alone: [target, up(target)], shared: [up('postgres')] };
    // It is checked that all is stored while it lasts.
    case 'redis-full':
      return { alone: [target], shared: [up(target), 'postgres', up('postgres')] };
    case 'kill-postgres':
    case 'postgres-away':
    case 'disk-full':
      return { alone: [target, up(target)], shared: [] };
    case 'postgres-read-only':
      return { alone: [target], shared: [up(target)] };
    // A link has connections, and bytes to lose, only while both of its ends are there.
    case 'cut-links':
    case 'slow-links':
      return { alone: [target], shared: target.split('>').map(up) };
    default:
      return { alone: [target, up(target)], shared: [] };
  }
};

/** Whether two steps cannot happen at the same time. */
export const areApart = (one: Pick<Step, 'fault' | 'target'>, other: Pick<Step, 'fault' | 'target'>): boolean => {
  const [a, b] = [claimsOf(one), claimsOf(other)];
  return (
    a.alone.some((claim) => b.alone.includes(claim) || b.shared.includes(claim)) ||
    b.alone.some((claim) => a.shared.includes(claim))
  );
};
