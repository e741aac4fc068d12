import { z } from 'zod';
import { wireMoney } from '../money/wire.rules.ts';
import type { SubscriptionPlan } from './contract.ts';
import type { PlanRow } from './plan.reads.ts';

const Features = z.array(z.string());

export const presentPlan = (row: PlanRow): z.input<typeof SubscriptionPlan> => ({
  id: row.id,
  key: row.key,
  name: row.name,
  audience: row.audience,
  interval: row.interval,
  price: wireMoney(row.price, row.currency),
  trialDays: row.trialDays,
  features: Features.safeParse(row.features).data ?? [],
});
