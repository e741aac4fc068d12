import { randomBytes } from 'node:crypto';
import { billingTopic } from '../../../../src/domains/payments/billing/index.ts';
import { commissionTopic } from '../../../../src/domains/payments/commission/index.ts';
import type { Deps } from '../../../../src/domains/payments/deps.ts';
import { invoiceTopic } from '../../../../src/domains/payments/invoice/index.ts';
import { ledgerTopic } from '../../../../src/domains/payments/ledger/index.ts';
import { taxRateTopic } from '../../../../src/domains/payments/tax-rate/index.ts';
import { walletTopic } from '../../../../src/domains/payments/wallet/index.ts';
import type { Actor } from '../../../../src/kernel/actor.ts';
import { joinTopics } from '../../../../src/kernel/domain.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { parseInput, runSteps } from '../../../../src/kernel/execute.ts';
import type { AuditEntry, Call, Commit } from '../../../../src/kernel/handler.ts';
import { readConfig } from '../../../../src/platform/config.ts';
import type { Transaction } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { createSealing } from '../../../../src/platform/sealing.ts';
import { createSubjectKeys } from '../../../../src/platform/subject-keys/subject-keys.ts';
import type { Books } from './books.ts';

export interface Asking {
  /** The data of a call that must succeed. */
  ask: <T>(operation: string, input: object, actor: Actor) => Promise<T>;
  /** The code of a call that must fail. */
  refusal: (operation: string, input: object, actor: Actor) => Promise<string>;
  /** Names of the facts that committed calls recorded, in order. */
  told: string[];
  /** What committed calls wrote into the audit. */
  audited: AuditEntry[];
  /** Moves the clock. */
  pass: (ms: number) => void;
}

export const actorOf = (userId: string, role = 'USER'): Actor => ({ userId, sessionId: newId(), role });

/** The operations of the books, on a database; committed ones run in a transaction, as in a worker. */
export const askBooks = (books: Books): Asking => {
  const secret = randomBytes(32).toString('base64');
  const urls = { DATABASE_URL: books.databaseUrl, REDIS_URL: 'redis://127.0.0.1' };
  const config = readConfig({ ...urls, SIGNING_KEY: '{}', ENCRYPTION_KEY: secret });
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const subjectKeys = createSubjectKeys(secret, createSealing(secret));
  // No operation of the books uses more.
  const deps = { config, clock, database: books.database, subjectKeys } as Deps;
  const { operations } = joinTopics('books', [
    ...[ledgerTopic(deps), walletTopic(deps), commissionTopic(deps), taxRateTopic(deps), invoiceTopic(deps)],
    billingTopic(deps),
  ]);
  const [told, audited]: [string[], AuditEntry[]] = [[], []];

  const ask = async (operation: string, raw: object, actor: Actor): Promise<unknown> => {
    const handler = operations.find(({ contract }) => contract.name === operation);
    if (!handler) throw new Error(`no operation ${operation}`);
    const input = parseInput(handler.contract, raw);
    const origin = { carrier: 'internal', address: '192.0.2.1', agent: 'vitest' } as const;
    const call: Call = { actor, origin, requestId: newId(), now: clock.now() };
    if (handler.contract.durability !== 'committed') return runSteps(handler, input, call);
    const record: Commit<Transaction>['record'] = async ({ name }) => void told.push(name);
    const audit = (entry: AuditEntry): void => void audited.push(entry);
    return books.inTx((tx) => {
      const afterCommit = (): void => {};
      const committing: Call & Commit<Transaction> = { ...call, tx, record, audit, afterCommit };
      return runSteps(handler, input, committing);
    });
  };
  return {
    ask: async <T>(operation: string, input: object, actor: Actor) => (await ask(operation, input, actor)) as T,
    refusal: async (operation, input, actor) => {
      try {
        await ask(operation, input, actor);
      } catch (error) {
        if (error instanceof AppError) return error.code;
        throw error;
      }
      return 'OK';
    },
    told,
    audited,
    pass: (ms) => {
      aheadMs += ms;
    },
  };
};
