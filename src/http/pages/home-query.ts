import type { z } from 'zod';
import type { topics } from '../../sdk/contract.ts';

/** The fields of the form on the first page; a field that was left empty is absent. */
export interface HomeQuery {
  q?: string | undefined;
  city?: string | undefined;
  /** A day, as 2027-03-01. */
  from?: string | undefined;
  /** Slug of a category. */
  category?: string | undefined;
  /** `nextCursor` of the page before. */
  after?: string | undefined;
}

const FIELDS = ['q', 'city', 'from', 'category', 'after'] as const;
const HOUR_MS = 3_600_000;
/** The zone that is furthest ahead: there the day begins first. */
const FURTHEST_AHEAD_HOURS = 14;
const EVENTS_PER_PAGE = 24;

export const readHomeQuery = (parameters: Readonly<Record<string, string>>): HomeQuery =>
  Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = parameters[field]?.trim();
      return value ? [[field, value]] : [];
    }),
  );

/** The address of such a search. */
export const homePath = (query: HomeQuery): string => {
  const parameters = new URLSearchParams();
  for (const field of FIELDS) if (query[field] !== undefined) parameters.set(field, query[field]);
  return parameters.size === 0 ? '/' : `/?${parameters}`;
};

/**
 * The same as input of `event.search`. A day begins where it begins first, so that none of it is missed in any zone, and what
 * is over is not looked for.
 */
export const searchInput = (
  { q, city, from, category, after }: HomeQuery,
  now: Date,
): z.input<typeof topics.eventSearch.search.input> => ({
  ...(q === undefined ? {} : { words: q }),
  ...(city === undefined ? {} : { city }),
  ...(category === undefined ? {} : { category }),
  ...(after === undefined ? {} : { cursor: after }),
  ...(from === undefined ? {} : startOf(from, now)),
  limit: EVENTS_PER_PAGE,
});

/** A text that is no day is handed on as it came: the operation says why it is wrong. */
const startOf = (day: string, now: Date): { from?: string } => {
  const begin = Date.parse(`${day}T00:00:00Z`) - FURTHEST_AHEAD_HOURS * HOUR_MS;
  if (Number.isNaN(begin)) return { from: day };
  return begin > now.getTime() ? { from: new Date(begin).toISOString() } : {};
};
