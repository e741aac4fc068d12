import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { cancel } from './contract.ts';
import { settledView } from './settled.writes.ts';
import { noteCancellation } from './start.writes.ts';
import { findLive } from './subscription.reads.ts';

/** Ends the caller's subscription with what is paid. */
export const cancelOwnSubscription = ({ config }: Pick<Platform, 'config'>) =>
  commit(cancel, {
    load: (_input, { tx, actor }) => findLive(tx, actor.userId),
    allow: anyone,
    run: async (_input, { id: subscriptionId, status }, { tx, record, audit, now }) => {
      await noteCancellation(tx, subscriptionId, now);
      audit({ targetType: 'subscription', targetId: subscriptionId, before: { status } });
      return settledView(tx, record, { settings: config.payments, subscriptionId, now });
    },
  });
