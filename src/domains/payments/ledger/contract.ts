import { z } from 'zod';
import { JournalKind, JournalSource, LedgerAccountKind } from '../../../generated/prisma/enums.ts';
import { operation, type Rate } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { Id, page, pageInput, pageInputById } from '../../../kernel/wire.ts';
import { Money } from '../money/contract.ts';

const rates: readonly Rate[] = [{ limit: 300, windowSeconds: 60, by: 'actor' }];
/** Books are read in bulk. */
const SIZES = { most: 500, usual: 100 };

/** An amount of the books. Where `amountMinor` cannot carry it exactly it is as large as it can be, and `exactMinor` has it. */
export const BookMoney = Money.extend({ exactMinor: z.string().optional() });

/** One account of the books. Credit is positive: what the platform owes its owner. */
export const Account = z.object({
  id: Id,
  kind: z.enum(LedgerAccountKind),
  /** Null for the platform's own. */
  ownerId: Id.nullable(),
  balance: BookMoney,
  /** Balance less what is set aside. */
  spendable: BookMoney,
  /** Number of entries so far. */
  entries: z.int(),
});

/** One posting to an account. */
export const Entry = z.object({
  id: Id,
  journalId: Id,
  kind: z.enum(JournalKind),
  /** What was booked: a payment, a refund, a payout, and its id. */
  source: z.object({ type: z.enum(JournalSource), id: z.string() }),
  description: z.string().nullable(),
  /** What was sold, for sales and what came of them; null for all else. */
  about: z.object({ eventId: Id, eventTitle: z.string(), bookingReference: z.string().nullable() }).nullable(),
  /** Credit is positive. */
  amount: BookMoney,
  balanceAfter: BookMoney,
  /** Accounts of the platform are kept in up to 16 parts; others are all part 0. */
  part: z.int(),
  /** 1 for the first entry of its part, then without gaps. */
  version: z.int(),
  /** When the fact happened. */
  eventAt: z.iso.datetime(),
  /** When it was booked. */
  bookedAt: z.iso.datetime(),
});

export const accounts = operation({
  name: 'ledger.accounts',
  summary: 'The caller’s accounts in the books. Staff may name another owner, or ask for the platform’s own.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates,
  input: z.object({
    ownerId: Id.optional(),
    platform: z.boolean().default(false),
    ...pageInputById(SIZES),
  }),
  output: page(Account),
  errors: [],
  http: 'GET /v1/ledger/accounts',
});

export const entries = operation({
  name: 'ledger.entries',
  summary: 'What was posted to an account, the latest first. For its owner and for staff.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates,
  input: z.object({ accountId: Id, ...pageInput(SIZES) }),
  output: page(Entry),
  errors: [],
  http: 'GET /v1/ledger/accounts/{accountId}/entries',
});

/** An entry with what the account stood at after it, within the statement. */
const StatementLine = Entry.extend({ balance: BookMoney });

export const statement = operation({
  name: 'ledger.statement',
  summary:
    'An account over a span of time, from its opening to its closing balance, the earliest first; the closing balance of one span is the opening balance of the next. With `csv` the page’s lines also as text.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates,
  input: z.object({
    accountId: Id,
    /** Booked at this moment or later. */
    from: Instant,
    /** Booked before this moment. */
    to: Instant,
    csv: z.boolean().default(false),
    ...pageInput(SIZES),
  }),
  output: z.object({
    account: Account,
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    opening: BookMoney,
    closing: BookMoney,
    items: z.array(StatementLine),
    /** RFC 4180, with a header on the first page. */
    csv: z.string().optional(),
    nextCursor: z.string().nullable(),
  }),
  errors: [],
  http: 'GET /v1/ledger/accounts/{accountId}/statement',
});
