import pg from 'pg';
import type { LedgerAccountKind } from '../../../../src/generated/prisma/enums.ts';
import { type Database, openDatabase, type Transaction } from '../../../../src/platform/db/client.ts';
import { isConflict } from '../../../../src/platform/db/failures.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { freshDatabase } from '../../../support/databases.ts';

/** A database with people, whose books the tests write. */
export interface Books {
  database: Database;
  databaseUrl: string;
  sql: pg.Client;
  /** Registered people, as many as were asked for. */
  people: string[];
  /** Runs in a transaction; deadlocks and serialization failures are tried again, as a worker does. */
  inTx: <T>(run: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** Minor units of an account, credit positive; 0 for one that was never opened. */
  balance: (kind: LedgerAccountKind, ownerId?: string, currency?: string) => Promise<bigint>;
  close: () => Promise<void>;
}

const ATTEMPTS = 20;

export const openBooks = async ({ people = 4, poolSize = 10 } = {}): Promise<Books> => {
  const databaseUrl = await freshDatabase();
  const database = openDatabase(databaseUrl, poolSize);
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  const ids = Array.from({ length: people }, newId);
  await database.user.createMany({
    data: ids.map((id, place) => ({ id, email: `p${place}@rally.example`, username: `person${place}`, password: 'x' })),
  });
  const inTurn = turns(poolSize);
  const inTx: Books['inTx'] = (run) => inTurn(() => retried(run));
  const retried: Books['inTx'] = async (run) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await database.$transaction(run, { maxWait: 20_000, timeout: 20_000 });
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS) throw error;
      }
    }
  };
  return {
    database,
    databaseUrl,
    sql,
    people: ids,
    inTx,
    balance: async (kind, ownerId, currency = 'BDT') => {
      const where = { kind, ownerId: ownerId ?? null, currencyCode: currency };
      const { _sum: sum } = await database.ledgerAccount.aggregate({ where, _sum: { posted: true } });
      return sum.posted ?? 0n;
    },
    close: async () => {
      await sql.end();
      await database.$disconnect();
    },
  };
};

/** Runs so many at once, the others after them: none waits for a connection until it is told that there is none. */
const turns = (atOnce: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(run: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

/** A captured payment without a booking. */
export const paidPayment = async (
  { database }: Books,
  userId: string,
  {
    amountMinor,
    commissionMinor = 0n,
    taxMinor = 0n,
  }: { amountMinor: bigint; commissionMinor?: bigint; taxMinor?: bigint },
): Promise<string> => {
  const id = newId();
  await database.payment.create({
    data: {
      id,
      userId,
      amount: amountMinor,
      commissionAmount: commissionMinor,
      taxAmount: taxMinor,
      status: 'COMPLETED',
    },
  });
  return id;
};

/** The constraint's name a write was refused by. */
export const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return String((error as Error).message);
  }
  return 'nothing was refused';
};
