import { canSee, type Guarded, type Standing } from '../event/policy.ts';

/** Who may know of an event may know what it sells. */
export const canSeeStock = (
  _actor: unknown,
  { stock, standing }: { stock: { event: Guarded }; standing: Standing },
): boolean => canSee(stock.event, standing);
