import { AppError } from '../../../kernel/errors.ts';

/** Claims of one person on an event’s seats that nothing was paid for yet, or never was. */
export interface Unpaid {
  /** Bookings whose seats are held for them now. */
  held: number;
  /** Bookings that wait for the team’s decision. */
  requested: number;
  /** Bookings and offers of the last day that ended without a payment: let go by, or given up by themselves. */
  ended: number;
  /** When the latest of those ended; null without any. */
  lastEndedAt: Date | null;
}

export const NOTHING_UNPAID: Unpaid = { held: 0, requested: 0, ended: 0, lastEndedAt: null };

/** Unpaid bookings of one person at one event at a time, and as many requests: `maxPerOrder` bounds the seats of each. */
export const MAX_UNPAID = 2;
/** Claims that may end unpaid within a day before a pause: a payment fails, somebody thinks again. */
export const MAX_ENDED = 3;
/** The pause after the third; it doubles with each one more. */
export const FIRST_PAUSE_MS = 10 * 60_000;
/** No pause is longer: by then the claims it is for are forgotten. */
const MAX_PAUSE_MS = 24 * 3_600_000;

/** @throws CONFLICT for somebody who holds as many unpaid bookings as one may */
export const refuseMoreHeld = ({ held }: Unpaid): void => {
  if (held < MAX_UNPAID) return;
  throw new AppError(
    'CONFLICT',
    `You hold ${MAX_UNPAID} unpaid bookings at this event already: pay or cancel one of them first.`,
  );
};

/** @throws CONFLICT for somebody who waits for as many decisions as one may */
export const refuseMoreRequested = ({ requested }: Unpaid): void => {
  if (requested < MAX_UNPAID) return;
  throw new AppError(
    'CONFLICT',
    `You asked for seats at this event ${MAX_UNPAID} times already: wait for the decision, or withdraw one of them.`,
  );
};

/**
 * Seats that were held again and again and never paid for were kept from those who would have paid.
 * @throws RATE_LIMITED with when they may claim again, during a pause
 */
export const refuseWhilePaused = ({ ended, lastEndedAt }: Unpaid, now: Date): void => {
  if (ended < MAX_ENDED || lastEndedAt === null) return;
  const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (ended - MAX_ENDED));
  const retryAfterMs = lastEndedAt.getTime() + pauseMs - now.getTime();
  if (retryAfterMs <= 0) return;
  throw new AppError('RATE_LIMITED', `${ended} bookings of yours at this event were not paid; try again later.`, {
    retryAfterMs,
  });
};
