import type { Prisma } from '../../../generated/prisma/client.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import type { PolicyRow } from './cancellation-policy.reads.ts';

/** @throws CONFLICT when its owner has a policy of the name */
export const insertPolicy = async (
  tx: Transaction,
  data: Prisma.CancellationPolicyUncheckedCreateInput,
): Promise<PolicyRow> => {
  try {
    return await tx.cancellationPolicy.create({ data });
  } catch (error) {
    if (violatedConstraint(error) === null) throw error;
    throw new AppError('CONFLICT', 'name: is taken by another policy of yours.', {
      issues: [{ path: 'name', message: 'is taken by another policy of yours' }],
    });
  }
};
