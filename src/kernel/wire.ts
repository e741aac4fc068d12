import { z } from 'zod';

/** A UUID. Capital letters are taken and become small ones, for ids are compared as text, in room names for example. */
export const Id = z.uuid().toLowerCase();

/** An instant as the server tells it: ISO 8601 in UTC. `Instant` is one that a client gives. */
export const Time = z.iso.datetime();

/** The `nextCursor` of the page before. Clients pass it on as it came. */
export const Cursor = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[\w.-]+$/, 'must be a nextCursor');

/** How many items a page has: at most, and when the caller does not say. */
interface Sizes {
  most: number;
  usual: number;
}

const SIZES: Sizes = { most: 100, usual: 50 };

/** The fields by which a list is asked for page by page. */
export const pageInput = ({ most, usual } = SIZES) => ({
  cursor: Cursor.optional(),
  limit: z.int().min(1).max(most).default(usual),
});

/** The same for a list whose cursor is the id of its last item. */
export const pageInputById = (sizes = SIZES) => ({ ...pageInput(sizes), cursor: Id.optional() });

/** One page of a list; `nextCursor` is null on the last one. */
export const page = <Item extends z.ZodType>(Item: Item) =>
  z.object({ items: z.array(Item), nextCursor: z.string().nullable() });
