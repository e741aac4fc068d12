import { canSell, type Standing } from '../event/policy.ts';

/** Those who decide what an event sells change its ticket types. */
export const maySell = (_actor: unknown, { standing }: { standing: Pick<Standing, 'role'> }): boolean =>
  canSell(standing);
