import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { me } from './contract.ts';
import { findOwnAccount } from './profile.reads.ts';

interface Deps {
  database: Pick<Database, 'user'>;
}

/** The caller's own account. */
export const showMe = ({ database }: Deps) =>
  handle(me, {
    load: (_input, { actor }) => findOwnAccount(database, actor.userId),
    allow: anyone,
    run: (_input, account) => ({ ...account, createdAt: account.createdAt.toISOString() }),
  });
