import { Prisma } from '../../generated/prisma/client.ts';

/** From where on something is read in the order it happened. */
export interface Since {
  at: Date;
  /** What of that very moment is wanted: all of it, nothing, or what comes after an id. */
  ofMoment: 'all' | 'none' | { afterId: string };
}

/** The condition of a query for rows since then. @param at column of the time @param id column of the id, a UUID */
export const since = (at: Prisma.Sql, id: Prisma.Sql, { at: from, ofMoment }: Since): Prisma.Sql => {
  if (ofMoment === 'all') return Prisma.sql`${at} >= ${from}`;
  if (ofMoment === 'none') return Prisma.sql`${at} > ${from}`;
  return Prisma.sql`(${at}, ${id}) > (${from}, ${ofMoment.afterId}::uuid)`;
};
