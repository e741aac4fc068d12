import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';

/** The sign-in name. Compared without regard to case, so kept in lower case; 254 characters is what mail can carry. */
export const Email = z.string().trim().toLowerCase().max(254).check(z.email('must be an email address'));

/** What a sign-in gives. The refresh token is good for 30 days and for one use. */
export const SignedIn = z.object({
  user: z.object({ id: Id, username: z.string() }),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** When the access token ends. */
  expiresAt: z.iso.datetime(),
});

const Session = z.object({
  id: Id,
  /** The session this very call was made in. */
  current: z.boolean(),
  address: z.string(),
  agent: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

const Ended = z.object({ endedAt: z.iso.datetime() });

export const login = operation({
  name: 'session.login',
  summary:
    'Sign in. An unknown account and a wrong password get the same UNAUTHENTICATED, a closed account FORBIDDEN; too many wrong passwords RATE_LIMITED. An account has 50 sessions at once: one more ends the one that was not used for the longest time.',
  access: 'public',
  durability: 'committed',
  rates: [
    // Trying one password on many people, and the 20 ms of hashing that each try costs. `guessing.ts` bounds wrong
    // passwords for one account: only those, so that nobody is kept out by what others try.
    { limit: 60, windowSeconds: 60, by: 'address' },
  ],
  input: z.object({
    email: Email,
    // The lower bound of a new password is not repeated: a shorter guess is simply wrong.
    password: z.string().min(1).max(200),
    /** The code of the second factor; accounts without one do not look at it. */
    totp: z
      .string()
      .regex(/^\d{6}$/, 'must be six digits')
      .optional(),
    /**
     * The last refresh token that this device got for the account, also after signing out: with it nobody keeps the
     * device out by guessing from elsewhere. It is not used up.
     */
    deviceToken: z.string().min(1).max(200).optional(),
  }),
  output: SignedIn,
  errors: [],
  http: 'POST /v1/auth/login',
});

export const renew = operation({
  name: 'session.renew',
  summary:
    'Exchange a refresh token for a new pair. Using one a second time ends the session: it may have been stolen.',
  access: 'public',
  durability: 'committed',
  // 256 random bits cannot be guessed; this bounds the load. A venue of 1,000 behind one address renews 70 times a minute.
  rates: [{ limit: 300, windowSeconds: 60, by: 'address' }],
  input: z.object({ refreshToken: z.string().min(1).max(200) }),
  repeatsBy: 'refreshToken',
  output: SignedIn,
  errors: [],
  http: 'POST /v1/auth/refresh',
});

export const logout = operation({
  name: 'session.logout',
  summary: 'End this session and its sockets on every node.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: Ended,
  errors: [],
  http: 'POST /v1/auth/logout',
});

export const list = operation({
  name: 'session.list',
  summary: 'The sessions the caller is signed in with, the latest first.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({ ...pageInputById() }),
  output: page(Session),
  errors: [],
  http: 'GET /v1/sessions',
});

export const revoke = operation({
  name: 'session.revoke',
  summary: 'End one of the caller’s sessions, such as that of a lost phone, and its sockets on every node.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({ sessionId: Id }),
  output: Ended,
  errors: [],
  http: 'DELETE /v1/sessions/{sessionId}',
});
