import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'cancellationPolicy'>;

const availableTo = (ownerId: string) => ({ isActive: true, OR: [{ ownerId: null }, { ownerId }] });

/** Whether a host may choose a policy: one of the platform’s, or their own. */
export const isPolicyOf = async (reader: Reader, policyId: string, hostId: string): Promise<boolean> =>
  (await reader.cancellationPolicy.findFirst({
    where: { id: policyId, ...availableTo(hostId) },
    select: { id: true },
  })) !== null;

/** Policies one host may have. */
export const MAX_OWN_POLICIES = 100;

/** The platform’s policies and a person’s own, by name. */
export const policiesOf = (reader: Reader, ownerId: string) =>
  reader.cancellationPolicy.findMany({
    where: availableTo(ownerId),
    orderBy: [{ ownerId: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    take: 2 * MAX_OWN_POLICIES,
  });

export type PolicyRow = Awaited<ReturnType<typeof policiesOf>>[number];

export const countOwnPolicies = (reader: Reader, ownerId: string): Promise<number> =>
  reader.cancellationPolicy.count({ where: { ownerId } });
