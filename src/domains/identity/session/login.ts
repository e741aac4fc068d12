import type { LoginOutcome } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { CommittedError } from '../../../platform/commits/committed-error.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Tokens } from '../../../platform/tokens.ts';
import { findAccount } from '../account/account.reads.ts';
import { passwordMatches } from '../account/password.ts';
import { login } from './contract.ts';
import { loginOutcome } from './policy.ts';
import { recordLogin } from './session.writes.ts';
import { signIn } from './sign-in.ts';

interface Deps {
  tokens: Pick<Tokens, 'issue'>;
}

/** Signs in with email and password. Every attempt leaves a row in the login history, also the refused ones. */
export const logIn = ({ tokens }: Deps) =>
  commit(login, {
    // An unknown account is no NOT_FOUND: it must look like a wrong password.
    load: async ({ email }, { tx }) => ({ account: await findAccount(tx, email) }),
    allow: anyone,
    run: async ({ password }, { account }, context) => {
      const { tx, origin, now, audit } = context;
      const matches = await passwordMatches(account?.password, password);
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
