import { isAdmin } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { hashPassword, NOBODYS_HASH } from '../account/password.ts';
import { refuseWeak } from '../account/password-rules.ts';
import type { SigningIn } from '../session/sign-in.steps.ts';
import { signInMany } from '../session/sign-in-many.steps.ts';
import { create } from './contract.ts';
import { draftAccounts } from './names.rules.ts';
import { insertTestAccounts } from './test-account.writes.ts';

/** Makes test accounts, each with a session. One hash of the password serves all of them. */
export const createTestAccounts = (signingIn: SigningIn) =>
  commit(create, {
    prepare: async ({ password, prefix }) => {
      if (password === undefined) return { passwordHash: NOBODYS_HASH };
      refuseWeak(password, { email: '', username: prefix, firstName: 'Test', lastName: '' });
      return { passwordHash: await hashPassword(password) };
    },
    load: nothing,
    allow: isAdmin,
    run: async ({ count, prefix }, _subject, context) => {
      const { tx, now, audit, prepared } = context;
      const accounts = draftAccounts(prefix, count);
      if (!(await insertTestAccounts(tx, { accounts, passwordHash: prepared.passwordHash, now }))) throw namesTaken();
      const [first] = accounts;
      audit({
        targetType: 'testAccount',
        targetId: first?.id ?? '',
        after: { count, usernames: accounts.map(({ username }) => username) },
      });
      const people = accounts.map(({ id, username }) => ({ id, username, role: 'USER' as const }));
      return { items: await signInMany(signingIn, people, context) };
    },
  });

/** One in 2.8 trillion draws: a repeat draws anew. */
const namesTaken = (): AppError =>
  new AppError('CONFLICT', 'These accounts would have names that are taken; try again.');
