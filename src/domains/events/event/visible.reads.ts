import { Prisma } from '../../../generated/prisma/client.ts';
import { visibleUnless } from '../../../platform/db/visible.ts';

/** Events that have not left sight. */
export const visibleEvent = visibleUnless('deletedAt', 'hiddenAt', 'archivedAt');

/** What anybody may come across: the partial indexes of events are made for it. */
export const publicEvent = {
  where: { status: { in: ['PUBLISHED', 'ONGOING'] }, visibility: 'PUBLIC', ...visibleEvent.where },
  /** @param alias of `events` in the query */
  sql: (alias: string): Prisma.Sql =>
    Prisma.sql`${Prisma.raw(`${alias}.status IN ('PUBLISHED', 'ONGOING') AND ${alias}.visibility = 'PUBLIC'`)} AND ${visibleEvent.sql(alias)}`,
} satisfies { where: Prisma.EventWhereInput; sql: (alias: string) => Prisma.Sql };
