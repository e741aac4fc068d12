import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { walletsOf } from '../credit/wallet.reads.ts';
import { get } from './contract.ts';
import { presentWallet } from './present.ts';

/** The caller's credit. */
export const getOwnWallets = ({ database }: { database: Pick<Database, 'wallet'> }) =>
  handle(get, {
    load: nothing,
    allow: anyone,
    run: async (_input, _subject, { actor }) => ({
      wallets: (await walletsOf(database, actor.userId)).map(presentWallet),
    }),
  });
