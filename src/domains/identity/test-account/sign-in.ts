import { isAdmin } from '../../../kernel/actor.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { SigningIn } from '../session/sign-in.steps.ts';
import { signInMany } from '../session/sign-in-many.steps.ts';
import { signIn } from './contract.ts';
import { testAccountsAmong } from './test-account.reads.ts';

/** Opens a session for each of some test accounts. One id of anybody else, and none is opened. */
export const signInTestAccounts = (signingIn: SigningIn) =>
  commit(signIn, {
    load: async ({ userIds }, { tx }) => {
      const wanted = [...new Set(userIds)];
      const accounts = await testAccountsAmong(tx, wanted);
      return accounts.length === wanted.length ? accounts : null;
    },
    allow: isAdmin,
    run: async (_input, accounts, context) => {
      const userIds = accounts.map(({ id }) => id);
      context.audit({ targetType: 'testAccount', targetId: userIds[0] ?? '', after: { userIds } });
      return { items: await signInMany(signingIn, accounts, context) };
    },
  });
