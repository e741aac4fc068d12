import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type AppError, invalidField } from '../../../kernel/errors.ts';

const Place = z.array(z.union([z.string().max(40), z.number()])).max(4);

/** Looked-for words in turn, each with those that are spelled alike; they are letters and digits only. */
const Spelling = z
  .array(
    z
      .array(z.string().regex(/^[\p{L}\p{M}\p{N}]{1,40}$/u))
      .min(1)
      .max(4),
  )
  .max(12);
export type Spelling = z.infer<typeof Spelling>;

/** What a cursor remembers of the search it belongs to. */
const Progress = z.object({
  /** Set when what is spelled alike is found too. */
  similar: Spelling.nullable(),
  /** The last item shown; null at the beginning of a window. */
  last: Place.nullable(),
  /** The window of a ranked search: it begins behind `after` and ends with `until`; `more` says that others follow. */
  after: Place.nullable(),
  until: Place.nullable(),
  more: z.boolean(),
});
export type Progress = z.infer<typeof Progress>;

const Cursor = z.tuple([
  z.string(),
  Spelling.nullable(),
  Place.nullable(),
  Place.nullable(),
  Place.nullable(),
  z.boolean(),
]);

/** Distinguishes searches; not a secret. */
const fingerprint = (search: unknown): string =>
  createHash('sha256').update(JSON.stringify(search)).digest('base64url').slice(0, 8);

/** @param search everything that decides what is found and in which order */
export const writeCursor = (search: unknown, { similar, last, after, until, more }: Progress): string =>
  Buffer.from(JSON.stringify([fingerprint(search), similar, last, after, until, more])).toString('base64url');

/** @throws INVALID_INPUT for what is no cursor, or one of another search */
export const readCursor = (search: unknown, cursor: string): Progress => {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw refusedCursor('must be a nextCursor');
  const [of, similar, last, after, until, more] = parsed.data;
  if (of !== fingerprint(search)) throw refusedCursor('belongs to another search');
  return { similar, last, after, until, more };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** What a caller hears whose cursor cannot be used. */
export const refusedCursor = (message: string): AppError => invalidField('cursor', message);
