import { randomUUID } from 'node:crypto';
import type { Tokens } from './api.ts';
import { get, post } from './http.ts';

/** The server's own bound for one call. */
const PER_CALL = 500;
/** Accounts of one call that removes: what they made is more than they are. */
const REMOVED_PER_CALL = 200;

/** An administrator who is signed in. */
export interface Admin {
  accessToken: string;
}

type Tell = (sentence: string) => void;

/** Signs in with email and password. @throws Refused */
export const signInAs = (url: string, email: string, password: string): Promise<Admin> =>
  post<Tokens>(`${url}/v1/auth/login`, { email, password }, {});

/** How many test accounts are open. @throws Refused */
export const countAccounts = async (url: string, admin: Admin): Promise<number> =>
  (await get<{ total: number }>(`${url}/v1/test-accounts?limit=1`, admin)).total;

/** Ids of up to `count` open test accounts, the earliest first. */
const openAccounts = async (url: string, admin: Admin, count: number): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null && ids.length < count) {
    const query = `limit=${Math.min(PER_CALL, count - ids.length)}${cursor && `&cursor=${cursor}`}`;
    const page: { items: { id: string }[]; nextCursor: string | null } = await get(
      `${url}/v1/test-accounts?${query}`,
      admin,
    );
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
};

/** Calls once for every so many, and puts the sessions together. */
const inCalls = async <Item>(items: Item[], call: (some: Item[]) => Promise<{ items: Tokens[] }>, tell: Tell) => {
  const sessions: Tokens[] = [];
  for (let at = 0; at < items.length; at += PER_CALL) {
    sessions.push(...(await call(items.slice(at, at + PER_CALL))).items);
    if (items.length > PER_CALL) tell(`  ${sessions.length} of ${items.length}`);
  }
  return sessions;
};

/** A session for each of `count` test accounts: those there are are signed in, the others are made. @throws Refused */
export const gatherSessions = async (url: string, admin: Admin, { count, tell }: { count: number; tell: Tell }) => {
  const present = await openAccounts(url, admin, count);
  if (present.length > 0) tell(`signing in ${present.length} accounts that are there`);
  const signIn = (userIds: string[]) =>
    post<{ items: Tokens[] }>(`${url}/v1/test-accounts/sign-in`, { userIds }, keyed(admin));
  const sessions = await inCalls(present, signIn, tell);
  const missing = Array.from({ length: count - present.length }, (_, index) => index);
  if (missing.length > 0) tell(`making ${missing.length} accounts`);
  const make = (some: number[]) =>
    post<{ items: Tokens[] }>(`${url}/v1/test-accounts`, { count: some.length }, keyed(admin));
  return [...sessions, ...(await inCalls(missing, make, tell))];
};

const keyed = (admin: Admin) => ({ ...admin, idempotencyKey: randomUUID() });

/** What came of a removal. */
export interface Removal {
  removed: number;
  /** Accounts whose empty row stays, because money or the audit stand on it. */
  kept: number;
}

/** Removes every test account with what it made, some in each call, until none is left. @throws Refused */
export const removeAccounts = async (url: string, admin: Admin, tell: Tell): Promise<Removal> => {
  const total: Removal = { removed: 0, kept: 0 };
  for (let told = Number.POSITIVE_INFINITY; ; ) {
    const input = { limit: REMOVED_PER_CALL };
    const answer = await post<Removal & { left: number }>(`${url}/v1/test-accounts/remove`, input, keyed(admin));
    total.removed += answer.removed;
    total.kept += answer.kept;
    if (answer.left === 0) return total;
    if (answer.left < told) tell(`  ${answer.left} left`);
    told = answer.left;
  }
};
