import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client.ts';

export type Database = PrismaClient;
/** The one transaction of a committed operation or of a persisted batch. */
export type Transaction = Prisma.TransactionClient;

/**
 * A Prisma client over a bounded pool.
 * @param poolSize connections at most; beyond it callers wait up to 5 s
 */
export const openDatabase = (url: string, poolSize: number): Database =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: poolSize, connectionTimeoutMillis: 5_000 }),
  });
