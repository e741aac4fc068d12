import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { resume } from './contract.ts';
import { settledView } from './settled.writes.ts';
import { noteCancellation } from './start.writes.ts';
import { findLive } from './subscription.reads.ts';

/** Lets the caller's subscription go on; what is due is asked for now. */
export const resumeOwnSubscription = ({ config }: Pick<Platform, 'config'>) =>
  commit(resume, {
    load: (_input, { tx, actor }) => findLive(tx, actor.userId),
    allow: anyone,
    run: async (_input, { id: subscriptionId }, { tx, record, audit, now }) => {
      await noteCancellation(tx, subscriptionId, null);
      audit({ targetType: 'subscription', targetId: subscriptionId, after: { cancelAtPeriodEnd: false } });
      return settledView(tx, record, { settings: config.payments, subscriptionId, now });
    },
  });
