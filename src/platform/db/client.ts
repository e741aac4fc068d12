import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client.ts';

export type Database = PrismaClient;
/** The one transaction of a committed operation or of a persisted batch. */
export type Transaction = Prisma.TransactionClient;

/** Statements that each connection keeps planned; what a program runs all day are far fewer. */
const MAX_NAMED_STATEMENTS = 500;

/**
 * The beginning of a statement that is planned for its values, every time: a search for a rare word and one for a frequent
 * word need different plans, and its many combinations of filters would use up the names.
 */
export const PLANNED_EACH_TIME = '/* planned each time */';

/** Names the first statements it sees, so that PostgreSQL plans them once a connection instead of once a call. */
const nameStatements = (): ((query: { sql: string }) => string) => {
  const names = new Map<string, string>();
  return ({ sql }) => {
    // An empty name is PostgreSQL's unnamed statement, planned each time.
    if (sql.startsWith(PLANNED_EACH_TIME)) return '';
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MAX_NAMED_STATEMENTS) return '';
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
};

/**
 * A Prisma client over a bounded pool.
 * @param poolSize connections at most; beyond it callers wait up to 5 s
 */
export const openDatabase = (url: string, poolSize: number): Database =>
  new PrismaClient({
    adapter: new PrismaPg(openPool(url, poolSize), {
      disposeExternalPool: true,
      statementNameGenerator: nameStatements(),
    }),
  });

const openPool = (connectionString: string, max: number): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max, connectionTimeoutMillis: 5_000 });
  // While the pool hands a connection over nobody else listens to it: if it dies in that moment, as it does when
  // PostgreSQL is killed under load, its error would end the process. Who uses the connection next is told by its query.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};
