import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.ts';
import { isStoredTime } from '../../../kernel/instants.ts';

/** One expression of an order, and what its values are. */
export interface Key {
  sql: Prisma.Sql;
  kind: keyof typeof KINDS;
}

/** A total order: its last key is unique. All keys run in one direction, so that a row comparison can use an index. */
export interface Order {
  keys: readonly Key[];
  direction: 'ASC' | 'DESC';
}

/** The keys' values of one row: where a list was left. */
export type Place = (string | number)[];

/** How values of each kind look in a place, and what PostgreSQL takes them for. */
const KINDS = {
  time: { shape: z.iso.datetime().refine((at) => isStoredTime(Date.parse(at))), type: Prisma.raw('timestamptz') },
  id: { shape: z.uuid(), type: Prisma.raw('uuid') },
  integer: { shape: z.int(), type: Prisma.raw('bigint') },
  number: { shape: z.number(), type: Prisma.raw('float8') },
} as const;

const column = (name: string, index: number): Prisma.Sql => Prisma.raw(`${name}_${index}`);

/** The keys as columns `name_0`, `name_1`, … */
export const keyColumns = ({ keys }: Order, name: string): Prisma.Sql =>
  Prisma.join(keys.map(({ sql }, index) => Prisma.sql`${sql} AS ${column(name, index)}`));

/** The same order over those columns. */
export const overColumns = ({ keys, direction }: Order, name: string): Order => ({
  keys: keys.map(({ kind }, index) => ({ sql: column(name, index), kind })),
  direction,
});

/** `ORDER BY` of it. @param backwards from the last row to the first */
export const orderBy = ({ keys, direction }: Order, backwards = false): Prisma.Sql => {
  const way = Prisma.raw((direction === 'ASC') === backwards ? 'DESC' : 'ASC');
  return Prisma.sql`ORDER BY ${Prisma.join(keys.map(({ sql }) => Prisma.sql`${sql} ${way}`))}`;
};

/** True for rows behind the place. */
export const behind = (order: Order, place: Place): Prisma.Sql =>
  compare(order, place, order.direction === 'ASC' ? '>' : '<');

/** True for rows at the place or before it. */
export const upTo = (order: Order, place: Place): Prisma.Sql =>
  compare(order, place, order.direction === 'ASC' ? '<=' : '>=');

const compare = ({ keys }: Order, place: Place, operator: string): Prisma.Sql => {
  const values = keys.map(({ kind }, index) => Prisma.sql`${place[index]}::${KINDS[kind].type}`);
  return Prisma.sql`(${Prisma.join(keys.map(({ sql }) => sql))}) ${Prisma.raw(operator)} (${Prisma.join(values)})`;
};

/** A row with its key columns, as the driver gives them. */
export type KeyRow = Readonly<Record<string, unknown>>;

/** Where a row stands, from its columns `name_0`, … */
export const placeOf = ({ keys }: Order, row: KeyRow, name: string): Place =>
  keys.map((_key, index) => {
    const value = row[`${name}_${index}`];
    if (value instanceof Date) return value.toISOString();
    return typeof value === 'bigint' ? Number(value) : (value as string | number);
  });

/** Whether somebody's words can be a place of this order. */
export const isPlace = ({ keys }: Order, given: Place): boolean =>
  given.length === keys.length && keys.every(({ kind }, index) => KINDS[kind].shape.safeParse(given[index]).success);
