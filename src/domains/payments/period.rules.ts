import { invalidField } from '../../kernel/errors.ts';

/**
 * When a rule begins: now, or at the moment that was asked for.
 * @throws INVALID_INPUT for a moment that has passed: what was priced stays as it was
 */
export const beginningOf = (startsAt: string | undefined, now: Date): Date => {
  const start = startsAt === undefined ? now : new Date(startsAt);
  if (start < now) throw invalidField('startsAt', 'has passed: rules never reach back');
  return start;
};

/** @throws INVALID_INPUT unless it comes after the beginning */
export const endOf = (endsAt: string | null | undefined, start: Date): Date | null => {
  if (endsAt === undefined || endsAt === null) return null;
  const end = new Date(endsAt);
  if (end <= start) throw invalidField('endsAt', 'must come after startsAt');
  return end;
};
