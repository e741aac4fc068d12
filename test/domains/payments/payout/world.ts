import { randomBytes } from 'node:crypto';
import pino from 'pino';
import type { Deps } from '../../../../src/domains/payments/deps.ts';
import { earningTopic } from '../../../../src/domains/payments/earning/index.ts';
import { bookCapture } from '../../../../src/domains/payments/ledger/book.steps.ts';
import type { HostShares } from '../../../../src/domains/payments/money/host-shares.rules.ts';
import { payoutTopic } from '../../../../src/domains/payments/payout/index.ts';
import { payoutAccountTopic } from '../../../../src/domains/payments/payout-account/index.ts';
import {
  insertPayoutAccount,
  noteVerification,
} from '../../../../src/domains/payments/payout-account/payout-account.writes.ts';
import type { Provider } from '../../../../src/domains/payments/provider/provider.ts';
import { subscriptionTopic } from '../../../../src/domains/payments/subscription/index.ts';
import { subscriptionPlanTopic } from '../../../../src/domains/payments/subscription-plan/index.ts';
import { joinTopics } from '../../../../src/kernel/domain.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { parseInput, runSteps } from '../../../../src/kernel/execute.ts';
import type { AuditEntry } from '../../../../src/kernel/handler.ts';
import { readConfig } from '../../../../src/platform/config.ts';
import type { Database } from '../../../../src/platform/db/client.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import type { Jobs } from '../../../../src/platform/jobs/jobs.ts';
import { createSealing } from '../../../../src/platform/sealing.ts';
import { createSubjectKeys } from '../../../../src/platform/subject-keys/subject-keys.ts';
import { type Books, openBooks } from '../support/books.ts';
import { openTransferBooks, type TransferBooks } from './transfers.ts';

export const DAY_MS = 24 * 3_600_000;

interface Sale {
  hostId: string;
  guestId: string;
  eventId: string;
  amountMinor: bigint;
  /** What co-hosts had when it was sold. */
  shares?: HostShares;
  /** What the platform pays the host for its promo code. */
  platformDiscountMinor?: bigint;
}

/** Earnings, accounts and a provider, with a clock that tests move. */
export interface PayoutWorld {
  books: Books;
  transfers: TransferBooks;
  clock: { now: () => Date; passMs: (ms: number) => void };
  /** Hands jobs their parts; another database stands for a process that dies. */
  jobsOf: (database?: Database) => {
    release: () => Promise<void>;
    make: () => Promise<void>;
    submit: (payoutId: string) => Promise<void>;
    reconcile: () => Promise<void>;
    run: (name: string) => Promise<void>;
  };
  /** The data of a call that must succeed. */
  ask: <T>(userId: string, operation: string, input?: object, role?: string) => Promise<T>;
  /** The code of a call that must fail. */
  refusal: (userId: string, operation: string, input?: object, role?: string) => Promise<string>;
  /** What committed calls wrote into the audit. */
  audited: AuditEntry[];
  subjectKeys: ReturnType<typeof createSubjectKeys>;
  /** A verified account, given long ago. */
  addAccount: (userId: string, phone: string) => Promise<string>;
  addEvent: (hostId: string, endDate: Date) => Promise<string>;
  /** A captured payment of an event, as it is after its webhook. @returns its id */
  addPayment: (of: Sale) => Promise<string>;
}

export const START = new Date('2026-11-01T10:00:00Z');

export const openPayoutWorld = async ({ people = 4, poolSize = 10 } = {}): Promise<PayoutWorld> => {
  const books = await openBooks({ people, poolSize });
  const transfers = openTransferBooks();
  let nowMs = START.getTime();
  const clock = {
    now: () => new Date(nowMs),
    passMs: (ms: number) => {
      nowMs += ms;
    },
  };
  const keys = randomBytes(32).toString('base64');
  const subjectKeys = createSubjectKeys(keys, createSealing(keys));
  const log = pino({ level: 'silent' });
  // Of a provider only what payouts use is here.
  const providers = new Map([['SANDBOX', transfers.provider as Provider]] as const);
  const asked: string[] = [];
  const jobs: Jobs = { later: async (_job, payload) => void asked.push(JSON.stringify(payload)) };
  const urls = { DATABASE_URL: books.databaseUrl, REDIS_URL: 'redis://127.0.0.1' };
  const config = readConfig({ ...urls, SIGNING_KEY: '{}', ENCRYPTION_KEY: keys });
  const audited: AuditEntry[] = [];
  const partsOn = (database: Database) => {
    // Nothing of these topics uses more.
    const deps = { config, database, clock, log, jobs, subjectKeys, providers } as unknown as Deps;
    return joinTopics('payouts', [
      ...[earningTopic(deps), payoutTopic(deps), payoutAccountTopic(deps)],
      ...[subscriptionTopic(deps), subscriptionPlanTopic(deps)],
    ]);
  };
  const { operations } = partsOn(books.database);
  const ask = async (userId: string, operation: string, raw: object = {}, role = 'USER'): Promise<unknown> => {
    const handler = operations.find(({ contract }) => contract.name === operation);
    if (!handler) throw new Error(`no operation ${operation}`);
    const input = parseInput(handler.contract, raw);
    const origin = { carrier: 'internal', address: '192.0.2.1', agent: 'vitest' } as const;
    const call = { actor: { userId, sessionId: newId(), role }, origin, requestId: newId(), now: clock.now() };
    const audit = (entry: AuditEntry): void => void audited.push(entry);
    const commit = { afterCommit: () => {}, audit };
    return books.inTx((tx) => runSteps(handler, input, { ...call, ...commit, ...{ tx, record: recordIn(tx) } }));
  };
  return {
    books,
    transfers,
    clock,
    subjectKeys,
    audited,
    ask: async <T>(...call: Parameters<typeof ask>) => (await ask(...call)) as T,
    refusal: async (...call) => {
      try {
        await ask(...call);
      } catch (error) {
        if (error instanceof AppError) return error.code;
        throw error;
      }
      return 'OK';
    },
    jobsOf: (database = books.database) => {
      const parts = partsOn(database);
      const run = async (name: string, payload = {}): Promise<void> => {
        const handler = parts.jobs.find(({ contract }) => contract.name === name);
        if (!handler) throw new Error(`no job ${name}`);
        await handler.run(payload as never);
      };
      return {
        release: () => run('earning.release'),
        make: () => run('payout.make'),
        submit: (payoutId) => run('payout.submit', { payoutId }),
        reconcile: () => run('payout.reconcile'),
        run: (name) => run(name),
      };
    },
    addAccount: async (userId, phone) => {
      const longAgo = new Date(START.getTime() - 30 * DAY_MS);
      const given = { userId, currency: 'BDT', country: 'BD', holderName: 'A Host', now: longAgo };
      return books.inTx(async (tx) => {
        const { id } = await insertPayoutAccount(tx, subjectKeys, { ...given, details: { kind: 'BKASH', phone } });
        await noteVerification(tx, { id, outcome: 'VERIFIED', now: longAgo });
        return id;
      });
    },
    addEvent: async (hostId, endDate) => {
      const id = newId();
      const startDate = new Date(endDate.getTime() - 3 * 3_600_000);
      const event = {
        title: 'A gathering',
        slug: id,
        description: '',
        status: 'COMPLETED',
        hostId,
        startDate,
        endDate,
      } as const;
      await books.database.event.create({ data: { id, ...event } });
      return id;
    },
    addPayment: async ({
      hostId,
      guestId,
      eventId,
      amountMinor,
      shares: ofCoHosts = [],
      platformDiscountMinor = 0n,
    }) => {
      const id = newId();
      const shares = { amountMinor, commissionMinor: amountMinor / 20n, taxMinor: amountMinor / 10n };
      await books.inTx(async (tx) => {
        await tx.payment.create({
          data: {
            ...{ id, userId: guestId, eventId, amount: amountMinor, status: 'COMPLETED', capturedAmount: amountMinor },
            ...{ commissionAmount: shares.commissionMinor, taxAmount: shares.taxMinor, providerPaymentId: `p_${id}` },
            commissionSnapshot: { hostId, shares: ofCoHosts, platformDiscountMinor: Number(platformDiscountMinor) },
            completedAt: clock.now(),
          },
        });
        const payment = { id, userId: guestId, purpose: 'BOOKING', method: 'CARD', currency: 'BDT', hostId } as const;
        await bookCapture(tx, payment, { ...shares, platformDiscountMinor, at: clock.now() });
      });
      return id;
    },
  };
};
