import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { CommittedError } from '../../../platform/commits/committed-error.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { addressVerified } from '../facts.ts';
import { confirm } from './contract.ts';
import { takesCode, takesLink } from './policy.ts';
import { codeOf, idInToken } from './secrets.rules.ts';
import type { AddressVerification } from './verification.reads.ts';
import { approve, countWrongCode, lockVerification } from './verification.writes.ts';

interface Deps {
  sealing: Pick<Sealing, 'digest' | 'isDigestOf'>;
}

interface Given {
  verificationId?: string | undefined;
  code?: string | undefined;
  token?: string | undefined;
}

/** Proves an address with a code or a link. Of any number of tries at once one is right, and none after it. */
export const confirmVerification = ({ sealing }: Deps) =>
  commit(confirm, {
    // An unknown one is no NOT_FOUND: it must look like a wrong code.
    load: async ({ verificationId, token }, { tx }) => {
      const id = token === undefined ? verificationId : idInToken(sealing, token);
      return { verification: id ? await lockVerification(tx, id) : null };
    },
    allow: anyone,
    run: async (input, { verification }, { tx, actor, now, record, audit }) => {
      const field = input.token === undefined ? 'code' : 'token';
      if (!verification) throw refused(field);
      await refuseUnlessRight(tx, sealing, { input, verification, userId: actor?.userId, now });
      const { id, userId } = verification;
      await approve(tx, verification, now);
      audit({ targetType: 'verification', targetId: id, subjectId: userId, after: { emailVerified: true } });
      const verifiedAt = now.toISOString();
      await record(addressVerified, { userId, kind: 'EMAIL', verifiedAt });
      return { kind: 'EMAIL' as const, verifiedAt };
    },
  });

interface Try {
  input: Given;
  verification: AddressVerification;
  /** The caller, if signed in; a link works for anyone who holds it. */
  userId: string | undefined;
  now: Date;
}

/** @throws the same refusal for everything that is not right; only a wrong code of the person's own counts */
const refuseUnlessRight = async (
  tx: Transaction,
  sealing: Deps['sealing'],
  { input, verification, userId, now }: Try,
): Promise<void> => {
  if (input.token !== undefined) {
    if (!takesLink(verification, now)) throw refused('token');
    return;
  }
  if (userId !== verification.userId || !takesCode(verification, now)) throw refused('code');
  if (input.code === codeOf(sealing, verification.id)) return;
  await countWrongCode(tx, verification, now);
  throw new CommittedError(refused('code'));
};

const refused = (field: 'code' | 'token'): AppError => {
  const message = `This ${field === 'code' ? 'code' : 'link'} is not right or can no longer be used; ask for a new one.`;
  return new AppError('INVALID_INPUT', message, { issues: [{ path: field, message }] });
};
