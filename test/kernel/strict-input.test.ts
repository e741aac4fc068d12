import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contractsIn } from '../../src/http/documents/contracts.ts';
import { operation } from '../../src/kernel/contract.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { parseInput } from '../../src/kernel/execute.ts';
import { Id } from '../../src/kernel/wire.ts';
import { topics } from '../../src/sdk/contract.ts';

const take = operation({
  name: 'seat.take',
  summary: 'Take seats.',
  access: 'user',
  durability: 'read',
  rates: [],
  input: z
    .object({
      promoCode: z.string().toUpperCase().optional(),
      seats: z.array(z.object({ row: z.int(), note: z.string().default('none') })).default([]),
      place: z.union([z.object({ hall: Id }), z.null()]).optional(),
      labels: z.record(z.string(), z.object({ text: z.string() })).optional(),
    })
    .refine(({ promoCode }) => promoCode !== 'OLD', { path: ['promoCode'], message: 'has ended' }),
  output: z.object({}),
  errors: [],
});

const issuesOf = (input: unknown) => {
  try {
    parseInput(take, input);
  } catch (error) {
    if (error instanceof AppError) return error.details.issues;
    throw error;
  }
  return [];
};

describe('a field that an input does not name', () => {
  test.each([
    ['at the top', { promocode: 'SPRING' }, ['promocode']],
    ['in a list', { seats: [{ row: 1 }, { row: 2, seat: 3 }] }, ['seats.1.seat']],
    [
      'in one of several shapes',
      { place: { hall: '0199a8f2-0000-7000-8000-000000000001', floor: 2 } },
      ['place.floor'],
    ],
    ['under a name of the caller’s', { labels: { mine: { text: 'a', colour: 'red' } } }, ['labels.mine.colour']],
    ['several times', { one: 1, two: 2 }, ['one', 'two']],
  ])('is refused by its name %s', (_where, input, paths) => {
    expect(issuesOf(input)).toEqual(paths.map((path) => ({ path, message: 'There is no such field.' })));
  });

  test('is named with as much as a reader needs', () => {
    const [issue] = issuesOf({ ['x'.repeat(60_000)]: 1 }) ?? [];
    expect(issue?.path).toHaveLength(100);
  });
});

test('defaults, refinements and changes of a value stay', () => {
  expect(parseInput(take, { promoCode: 'spring', seats: [{ row: 1 }] })).toEqual({
    promoCode: 'SPRING',
    seats: [{ row: 1, note: 'none' }],
  });
  expect(issuesOf({ promoCode: 'old' })).toEqual([{ path: 'promoCode', message: 'has ended' }]);
});

describe('of all operations', () => {
  const { operations } = contractsIn(Object.values(topics));
  const inputs = operations.map(({ name, input }) => [name, input] as const);
  const UPPER = '0199A8F2-ABCD-7000-8000-00000000000F';

  test.each(inputs)('%s refuses a field that it does not name', (_name, input) => {
    const { error } = input.safeParse({ unheardOf: 1 });
    expect(error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
  });

  test.each(inputs)('%s takes ids in capitals for the same ids', (_name, input) => {
    const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
    const ids = Object.entries(properties).filter(
      ([, schema]) => typeof schema === 'object' && schema.format === 'uuid',
    );
    const shape = (input as z.ZodObject).shape;
    expect(ids.map(([field]) => shape[field]?.parse(UPPER))).toEqual(ids.map(() => UPPER.toLowerCase()));
  });
});
