import type { PlanAudience, PlanInterval } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { PlanRow } from './plan.reads.ts';

export interface NewPlan {
  key: string;
  name: string;
  audience: PlanAudience;
  interval: PlanInterval;
  /** Minor units per interval. */
  priceMinor: bigint;
  currency: string;
  trialDays: number;
  features: string[];
}

/** Offers a plan. @returns null when the key is taken */
export const insertPlan = async (tx: Transaction, { priceMinor, ...plan }: NewPlan): Promise<PlanRow | null> => {
  const [row] = await tx.subscriptionPlan.createManyAndReturn({
    data: { id: newId(), price: priceMinor, ...plan },
    skipDuplicates: true,
  });
  return row ?? null;
};
