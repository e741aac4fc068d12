import { AppError } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { accountRegistered, verificationStarted } from '../facts.ts';
import { type SigningIn, signIn } from '../session/sign-in.steps.ts';
import { insertVerification } from '../verification/verification.writes.ts';
import { takenNames, type UniqueName } from './account.reads.ts';
import { insertAccount } from './account.writes.ts';
import { register } from './contract.ts';
import { hashPassword } from './password.ts';
import { refuseWeak } from './password-rules.ts';

/**
 * Makes the account, its profile and its first session. The node hashes the password, in its lane, whether or not the
 * names are free: a repeat of a registration finds them taken by itself.
 */
export const registerAccount = (signingIn: SigningIn) =>
  commit(register, {
    prepare: async ({ password, ...owner }) => {
      refuseWeak(password, owner);
      return { passwordHash: await hashPassword(password) };
    },
    load: nothing,
    allow: anyone,
    run: async (input, _subject, context) => {
      const { tx, now, record, audit, prepared } = context;
      const { email, username, firstName, lastName } = input;
      // Names both; the unique indexes decide between registrations that run at once.
      refuseTaken(await takenNames(tx, input));
      const id = newId();
      const { passwordHash } = prepared;
      refuseTaken(await insertAccount(tx, { id, username, firstName, lastName, email, passwordHash, now }));
      audit({ targetType: 'user', targetId: id, subjectId: id, after: { username, firstName, lastName } });
      await record(accountRegistered, { userId: id, username, registeredAt: now.toISOString() });
      const verification = await insertVerification(tx, { userId: id, email, now });
      await record(verificationStarted, { verificationId: verification.verificationId, userId: id });
      return { ...(await signIn(signingIn, { id, username, role: 'USER' }, context)), verification };
    },
  });

/** @throws CONFLICT naming every taken field */
const refuseTaken = (names: UniqueName[]): void => {
  if (names.length === 0) return;
  const issues = names.map((name) => ({ path: name, message: `This ${name} is taken.` }));
  throw new AppError('CONFLICT', `Taken already: ${names.join(', ')}.`, { issues });
};
