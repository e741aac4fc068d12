import { Prisma } from '../../../generated/prisma/client.ts';
import type { FileColumn } from '../../../kernel/upkeep.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/** SQL that is true when a row names the file whose id `asset` is. Tables and columns come from the domains' code alone. */
export const namedBy = (columns: readonly FileColumn[], asset: Prisma.Sql): Prisma.Sql => {
  const conditions = columns.map(({ table, column, isArray }) =>
    isArray
      ? Prisma.sql`EXISTS (SELECT FROM ${Prisma.raw(table)}
          WHERE ${Prisma.raw(column)} <> '{}' AND ${Prisma.raw(column)} @> ARRAY[${asset}])`
      : Prisma.sql`EXISTS (SELECT FROM ${Prisma.raw(table)} WHERE ${Prisma.raw(column)} = ${asset})`,
  );
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.join(conditions, ' OR ');
};

/** Whether one of these columns names the file. */
export const isNamed = async (
  reader: Pick<Transaction, '$queryRaw'>,
  mediaId: string,
  columns: readonly FileColumn[],
): Promise<boolean> => {
  const [row] = await reader.$queryRaw<{ named: boolean }[]>`
    SELECT (${namedBy(columns, Prisma.sql`${mediaId}::uuid`)}) AS named`;
  return row?.named ?? false;
};
