import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { hasMassRefund } from '../earning/due.reads.ts';
import { blockedBy } from '../payout-account/gate.rules.ts';
import { findDefaultAccount } from '../payout-account/payout-account.reads.ts';
import { request } from './contract.ts';
import { openPayout } from './open.writes.ts';
import { presentPayout } from './present.ts';

/** Has a host's available earnings sent; a worker submits the payout once this has committed. */
export const requestPayout = ({ config }: Pick<Platform, 'config'>) =>
  commit(request, {
    load: async ({ currency }, { tx, actor }) => ({
      account: await findDefaultAccount(tx, { userId: actor.userId, currency }),
    }),
    allow: anyone,
    run: async ({ currency }, { account }, { tx, actor, now, record, audit }) => {
      if (account === null) throw new AppError('CONFLICT', 'There is no default payout account in this currency.');
      const hostId = actor.userId;
      const blocked = blockedBy({ ...account, hasMassRefund: await hasMassRefund(tx, hostId) }, now);
      if (blocked) throw new AppError('CONFLICT', blocked.message);
      const { provider } = config.payments;
      const payout = await openPayout(tx, record, { hostId, accountId: account.id, currency, provider, now });
      if (payout === null) throw new AppError('CONFLICT', 'There is nothing available to pay out.');
      const shown = presentPayout(payout);
      audit({ targetType: 'payout', targetId: payout.id, after: shown });
      return shown;
    },
  });
