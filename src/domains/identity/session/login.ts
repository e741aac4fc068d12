import type { LoginOutcome } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { CommittedError } from '../../../platform/commits/committed-error.ts';
import type { Database } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Failures } from '../../../platform/failures.ts';
import { sha256 } from '../../../platform/sealing.ts';
import { findAccount } from '../account/account.reads.ts';
import { passwordMatches } from '../account/password.ts';
import { login } from './contract.ts';
import { beginTry } from './guessing.ts';
import { loginOutcome } from './policy.ts';
import { recordLogin } from './session.writes.ts';
import { type SigningIn, signIn } from './sign-in.steps.ts';

interface Deps extends SigningIn {
  database: Pick<Database, 'user' | 'refreshToken'>;
  failures: Failures;
}

/**
 * Signs in with email and password. The node compares the password, in its lane; the worker takes the finding only while
 * the account still has the hash that was compared. Every decided attempt leaves a row in the login history, also the
 * refused ones.
 */
export const logIn = ({ database, failures, tokens, revocations }: Deps) =>
  commit(login, {
    prepare: async ({ email, password, deviceToken }, { origin }) => {
      const account = await findAccount(database, email);
      const attempt = { email, address: origin.address, deviceToken, userId: account?.id };
      const takeBack = await beginTry({ database, failures }, attempt);
      const matches = await compared(account?.password, password, takeBack);
      return { matchedHash: account && matches ? sha256(account.password) : null };
    },
    // An unknown account is no NOT_FOUND: it must look like a wrong password.
    load: async ({ email }, { tx }) => ({ account: await findAccount(tx, email) }),
    allow: anyone,
    run: async (_input, { account }, context) => {
      const { tx, origin, now, audit, prepared } = context;
      const matches = account !== null && sha256(account.password) === prepared.matchedHash;
      const outcome = loginOutcome({ account, passwordMatches: matches });
      if (account && outcome === 'SUCCEEDED') return signIn({ tokens, revocations }, account, context);
      if (account) audit({ targetType: 'user', targetId: account.id, subjectId: account.id, after: { outcome } });
      await recordLogin(tx, { outcome, userId: account?.id ?? null, origin, now });
      throw new CommittedError(refusal(outcome));
    },
  });

/** Only a wrong password stays counted: neither a right one nor one that could not be compared now. */
const compared = async (kept: string | undefined, password: string, takeBack: () => Promise<void>) => {
  const matches = await passwordMatches(kept, password).catch(async (error: unknown) => {
    await takeBack();
    throw error;
  });
  if (matches) await takeBack();
  return matches;
};

const refusal = (outcome: LoginOutcome): AppError =>
  outcome === 'ACCOUNT_CLOSED'
    ? new AppError('FORBIDDEN', 'This account is closed.')
    : new AppError('UNAUTHENTICATED', 'The email or the password is not right.');
