import { AppError } from '../../kernel/errors.ts';
import type { Feed } from './feed.ts';
import type { Followed } from './followed.ts';
import type { Grants } from './grants.ts';

/** Users remembered in each followed room; the oldest are forgotten first and simply loaded again. */
const GRANTS_PER_ROOM = 5_000;

/** A database that is away must not gather callers; they are told to come back. */
const LOAD_WITHIN_MS = 5_000;

const withDeadline = async <G>(load: () => Promise<G>): Promise<G> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new AppError('OVERLOADED', 'A database cannot be reached at the moment.', { retryAfterMs: 1_000 });
    timer = setTimeout(reject, LOAD_WITHIN_MS, error);
  });
  try {
    return await Promise.race([load(), late]);
  } finally {
    clearTimeout(timer);
  }
};

const remember = (followed: Followed, userId: string, grant: Promise<unknown>): void => {
  const { grants } = followed;
  if (grants.size >= GRANTS_PER_ROOM) {
    const oldest = grants.keys().next().value;
    if (oldest !== undefined) grants.delete(oldest);
  }
  grants.set(userId, grant);
  const forget = () => {
    if (grants.get(userId) === grant) grants.delete(userId);
  };
  grant.then((found) => found === null && forget(), forget);
};

export const createGrants = (feed: Feed): Grants => ({
  find: async <G>(room: string, userId: string, load: () => Promise<G | null>) => {
    const followed = feed.find(room) ?? (await feed.follow(room));
    followed.usedAtMs = performance.now();
    const known = followed.grants.get(userId);
    // Safe: one room kind has one kind of grant, and its domain alone asks for it.
    if (known !== undefined) return known as Promise<G | null>;
    const grant = withDeadline(load);
    remember(followed, userId, grant);
    return grant;
  },
});
