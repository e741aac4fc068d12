import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findOfferedPlan } from '../subscription-plan/plan.reads.ts';
import { start } from './contract.ts';
import { settledView } from './settled.writes.ts';
import { startSubscription } from './start.writes.ts';

/** Subscribes the caller to a plan. */
export const startOwnSubscription = ({ config }: Pick<Platform, 'config'>) =>
  commit(start, {
    load: ({ planId }, { tx }) => findOfferedPlan(tx, planId),
    allow: anyone,
    run: async ({ method }, plan, { tx, actor, record, audit, now }) => {
      const settings = config.payments;
      const { provider } = settings;
      const subscriptionId = await startSubscription(tx, { userId: actor.userId, plan, provider, now });
      audit({ targetType: 'subscription', targetId: subscriptionId, after: { planId: plan.id } });
      return settledView(tx, record, { settings, subscriptionId, method, now });
    },
  });
