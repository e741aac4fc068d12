import { z } from 'zod';
import type { OperationContract } from '../../src/kernel/contract.ts';

/** As much of JSON Schema as contracts print. */
export interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Printed once each: inputs are made by the ten thousand. */
const printed = new WeakMap<z.ZodType, Schema>();

/** What an operation takes, with every reference put in place. */
export const inputSchema = ({ input }: OperationContract): Schema => {
  const schema = printed.get(input) ?? print(input);
  printed.set(input, schema);
  return schema;
};

const print = (input: z.ZodType): Schema => {
  const { $defs = {}, ...schema } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const inline = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inline);
    if (typeof value !== 'object' || value === null) return value;
    if ('$ref' in value) return inline($defs[String(value.$ref).replace('#/$defs/', '')]);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inline(each)]));
  };
  // Safe: only what the interface names is looked at.
  return inline(schema) as Schema;
};

/** The first of several alternatives. */
const choose = (schema: Schema): Schema => (schema.anyOf ?? schema.oneOf)?.[0] ?? schema;

/** A value that the schema takes, for fields whose meaning nobody has named. */
export const exampleOf = (anySchema: Schema): unknown => {
  const schema = choose(anySchema);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => exampleOf(schema.items ?? {}));
  if (schema.type === 'object') return exampleFields(schema);
  return exampleText(schema);
};

const FORMATS: Record<string, string> = {
  uuid: '01900000-0000-7000-8000-000000000000',
  email: 'someone@example.org',
  'date-time': '2030-01-01T00:00:00.000Z',
  uri: 'https://example.org/',
};

const exampleText = ({ format, minLength = 1 }: Schema): string => FORMATS[format ?? ''] ?? 'a'.repeat(minLength);

const exampleFields = ({ properties = {}, required = [] }: Schema): Record<string, unknown> =>
  Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {})]));
