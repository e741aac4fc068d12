import type { PlanAudience } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'subscriptionPlan'>;

/** Plans shown at once, at most. */
const MAX_PLANS = 100;

/** A plan that is on offer, or null. */
export const findOfferedPlan = (reader: Reader, id: string) =>
  reader.subscriptionPlan.findFirst({ where: { id, isActive: true } });

export type PlanRow = NonNullable<Awaited<ReturnType<typeof findOfferedPlan>>>;

/** The plans on offer, cheapest first. */
export const offeredPlans = (reader: Reader, audience: PlanAudience | undefined) =>
  reader.subscriptionPlan.findMany({
    where: { isActive: true, ...(audience === undefined ? {} : { audience }) },
    orderBy: [{ price: 'asc' }, { id: 'asc' }],
    take: MAX_PLANS,
  });
