import type { LoginOutcome } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { CommittedError } from '../../../platform/commits/committed-error.ts';
import type { Database } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import { sha256 } from '../../../platform/sealing.ts';
import type { Tokens } from '../../../platform/tokens.ts';
import { findAccount } from '../account/account.reads.ts';
import { passwordMatches } from '../account/password.ts';
import { login } from './contract.ts';
import { loginOutcome } from './policy.ts';
import { recordLogin } from './session.writes.ts';
import { signIn } from './sign-in.ts';

interface Deps {
  database: Pick<Database, 'user'>;
  tokens: Pick<Tokens, 'issue'>;
}

/**
 * Signs in with email and password. The node compares the password, in its lane; the worker takes the finding only while
 * the account still has the hash that was compared. Every decided attempt leaves a row in the login history, also the
 * refused ones.
 */
export const logIn = ({ database, tokens }: Deps) =>
  commit(login, {
    prepare: async ({ email, password }) => {
      const kept = (await findAccount(database, email))?.password;
      const matches = await passwordMatches(kept, password);
      return { matchedHash: kept !== undefined && matches ? sha256(kept) : null };
    },
    // An unknown account is no NOT_FOUND: it must look like a wrong password.
    load: async ({ email }, { tx }) => ({ account: await findAccount(tx, email) }),
    allow: anyone,
    run: async (_input, { account }, context) => {
      const { tx, origin, now, audit, prepared } = context;
      const matches = account !== null && sha256(account.password) === prepared.matchedHash;
      const outcome = loginOutcome({ account, passwordMatches: matches });
      if (account && outcome === 'SUCCEEDED') return signIn(tokens, account, context);
      if (account) audit({ targetType: 'user', targetId: account.id, subjectId: account.id, after: { outcome } });
      await recordLogin(tx, { outcome, userId: account?.id ?? null, origin, now });
      throw new CommittedError(refusal(outcome));
    },
  });

const refusal = (outcome: LoginOutcome): AppError =>
  outcome === 'ACCOUNT_CLOSED'
    ? new AppError('FORBIDDEN', 'This account is closed.')
    : new AppError('UNAUTHENTICATED', 'The email or the password is not right.');
