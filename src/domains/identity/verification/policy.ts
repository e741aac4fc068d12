import type { VerificationStatus } from '../../../generated/prisma/enums.ts';

/** How long a code is good. */
export const CODE_LIFE_MS = 10 * 60_000;
/** How long a link is good. */
export const LINK_LIFE_MS = 24 * 60 * 60_000;
/** Wrong codes that end a verification. */
export const MAX_WRONG_CODES = 5;
/** Letters to one person's address at most. */
const BOUNDS = [
  { limit: 3, windowMs: 60 * 60_000 },
  { limit: 10, windowMs: 24 * 60 * 60_000 },
];
/** As far back as `nextLetterAt` looks. */
export const LETTERS_WINDOW_MS = 24 * 60 * 60_000;

/** A verification as it is stored. */
export interface Open {
  status: VerificationStatus;
  createdAt: Date;
  expiresAt: Date;
}

/** Whether the code of a verification is still good. */
export const takesCode = ({ status, createdAt }: Open, now: Date): boolean =>
  status === 'PENDING' && now.getTime() < createdAt.getTime() + CODE_LIFE_MS;

/** Whether the link of a verification is still good. */
export const takesLink = ({ status, expiresAt }: Open, now: Date): boolean => status === 'PENDING' && now < expiresAt;

/**
 * When the next letter may go to a person's address; null when it may now.
 * @param sentAt when the letters of the last day were asked for, the latest first
 */
export const nextLetterAt = (sentAt: readonly Date[], now: Date): Date | null => {
  const free = BOUNDS.map(
    ({ limit, windowMs }) => (sentAt[limit - 1]?.getTime() ?? Number.NEGATIVE_INFINITY) + windowMs,
  );
  const latest = Math.max(...free);
  return latest > now.getTime() ? new Date(latest) : null;
};

/** An address as it is shown to who asked for the letter: `a•••@example.org`. */
export const masked = (email: string): string => {
  const at = email.lastIndexOf('@');
  return `${[...email.slice(0, at)][0] ?? ''}•••${email.slice(at)}`;
};
