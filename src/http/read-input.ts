import type { OperationContract } from '../kernel/contract.ts';
import { type AppError, invalidField } from '../kernel/errors.ts';
import type { AppContext } from './app-env.ts';
import { type FieldKind, fieldKinds } from './field-kinds.ts';
import { readJson } from './read-json.ts';

/** Makes one input of a request. Where a field stands in several places, path goes before body before query. */
export type ReadInput = (c: AppContext) => Promise<Record<string, unknown>>;

/**
 * For one operation: texts of path and query become numbers, booleans and lists where the contract asks for them. What
 * does not look like one stays text, and the contract refuses it.
 */
export const createReadInput = ({ input }: OperationContract): ReadInput => {
  const kinds = fieldKinds(input);
  return async (c) => {
    const query = readQuery(c, kinds);
    if (c.req.method === 'GET') return { ...query, ...readPath(c, kinds) };
    const fields = { ...query, ...(await readJson(c.req.raw)) };
    if ('idempotencyKey' in fields) throw misplacedKey();
    return { ...fields, ...readPath(c, kinds) };
  };
};

/** As a socket's calls have it; passed over in silence, it would let a repeat double. */
const misplacedKey = (): AppError => invalidField('idempotencyKey', 'belongs into the header Idempotency-Key');

const readQuery = (c: AppContext, kinds: ReadonlyMap<string, FieldKind>): Record<string, unknown> => {
  const { searchParams } = new URL(c.req.url);
  const fields = new Map<string, unknown>();
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name).map((text) => fieldValue(text, kinds.get(name)));
    fields.set(name, values.length > 1 || kinds.get(name)?.many ? values : values[0]);
  }
  return Object.fromEntries(fields);
};

const readPath = (c: AppContext, kinds: ReadonlyMap<string, FieldKind>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(c.req.param()).map(([name, text]) => [name, fieldValue(text, kinds.get(name))]));

const NUMBER = /^-?\d+(\.\d+)?$/;

const fieldValue = (text: string, field: FieldKind | undefined): unknown => {
  if (field?.kind === 'number' && NUMBER.test(text)) return Number(text);
  if (field?.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
};
