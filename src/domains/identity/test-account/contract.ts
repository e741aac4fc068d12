import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';
import { Password } from '../account/contract.ts';
import { SignedIn } from '../session/contract.ts';

/** Accounts that one call makes, signs in or removes at most. */
const MAX_ACCOUNTS = 500;

const AmongAccounts = z.number().int().min(1).max(MAX_ACCOUNTS);

export const create = operation({
  name: 'testAccount.create',
  summary:
    'Make accounts for load tests, each with a session; for ADMIN. They share the password, and without one nobody signs in by password. They are found by no search and are sent no mail and no push.',
  access: 'staff',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    count: AmongAccounts,
    /** Their usernames begin with it. */
    prefix: z
      .string()
      .trim()
      .toLowerCase()
      .min(1)
      .max(12)
      .regex(/^[a-z0-9]+$/, 'may hold letters a-z and digits')
      .default('load'),
    password: Password.optional(),
  }),
  output: z.object({ items: z.array(SignedIn) }),
  errors: ['CONFLICT'],
  http: 'POST /v1/test-accounts',
});

export const list = operation({
  name: 'testAccount.list',
  summary: 'The accounts for load tests that are open, in the order in which they were made; for ADMIN.',
  access: 'staff',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({ ...pageInputById({ most: MAX_ACCOUNTS, usual: 100 }) }),
  output: page(z.object({ id: Id, username: z.string(), createdAt: Time })).extend({
    /** Of all pages. */
    total: z.number().int(),
  }),
  errors: [],
  http: 'GET /v1/test-accounts',
});

export const signIn = operation({
  name: 'testAccount.signIn',
  summary:
    'Open a session for each of some accounts for load tests; for ADMIN. Nothing is opened and the answer is NOT_FOUND when one of them is no open account for load tests.',
  access: 'staff',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({ userIds: z.array(Id).min(1).max(MAX_ACCOUNTS) }),
  /** In the order of the ids. */
  output: z.object({ items: z.array(SignedIn) }),
  errors: [],
  http: 'POST /v1/test-accounts/sign-in',
});

export const remove = operation({
  name: 'testAccount.remove',
  summary:
    'Close accounts for load tests, or remove with all they made those that an earlier call closed; for ADMIN. To be repeated until none is left. What money, audit or reports stand on stays, with an account that is empty and names nobody.',
  access: 'staff',
  durability: 'committed',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({ limit: AmongAccounts.default(100) }),
  output: z.object({
    /** Accounts that this call took away. */
    removed: z.number().int(),
    /** Accounts that this call emptied, and whose row stays. */
    kept: z.number().int(),
    /** Accounts that are still to be removed. */
    left: z.number().int(),
  }),
  errors: [],
  http: 'POST /v1/test-accounts/remove',
});
