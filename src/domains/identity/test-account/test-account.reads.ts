import type { UserStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'user'>;

/** Test accounts whose row is neither gone nor emptied. */
const PRESENT = { isTest: true, erasedAt: null } as const;

interface Page {
  /** The last account of the page before. */
  after: string | undefined;
  limit: number;
}

/** Open test accounts. Ids grow with time, so the earliest come first. */
export const listTestAccounts = (reader: Reader, { after, limit }: Page) =>
  reader.user.findMany({
    where: { ...PRESENT, status: 'ACTIVE', ...(after === undefined ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, username: true, createdAt: true },
  });

/** How many test accounts there are, of one status or of any. */
export const countTestAccounts = (reader: Reader, among: { status?: UserStatus } = {}): Promise<number> =>
  reader.user.count({ where: { ...PRESENT, ...among } });

/** The open test accounts among the ids, in the order of the ids. */
export const testAccountsAmong = async (reader: Reader, userIds: readonly string[]) => {
  const rows = await reader.user.findMany({
    where: { ...PRESENT, id: { in: [...userIds] }, status: 'ACTIVE' },
    select: { id: true, username: true, role: true },
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  return userIds.flatMap((id) => found.get(id) ?? []);
};
