import { z } from 'zod';

export type JsonObject = Record<string, unknown>;

/** What a caller sends (`input`: before defaults are filled in) or is sent (`output`). */
export type Direction = 'input' | 'output';

/** Turns zod schemas into JSON Schema; those that carry an id are collected once, the others stand where they are used. */
export interface SchemaBook {
  /** The named schemas, for `components.schemas`. */
  schemas: Record<string, JsonObject>;
  /** @throws Error when two different schemas carry the same id */
  print: (schema: z.ZodType, direction: Direction) => JsonObject;
}

export const createSchemaBook = (target: 'draft-2020-12' | 'draft-7'): SchemaBook => {
  const schemas: Record<string, JsonObject> = {};
  const fingerprints = new Map<string, string>();

  const file = (name: string, direction: Direction, definitions: Definitions): string => {
    const fingerprint = fingerprintOf(name, definitions);
    const isAs = (key: string): boolean => (fingerprints.get(key) ?? fingerprint) === fingerprint;
    if (!isAs(`${name} ${direction}`)) throw new Error(`Two schemas carry the id ${name}`);
    fingerprints.set(`${name} ${direction}`, fingerprint);
    const free = isAs(name) ? name : `${name}${direction === 'input' ? 'Input' : 'Output'}`;
    fingerprints.set(free, fingerprint);
    return free;
  };

  const print = (schema: z.ZodType, direction: Direction): JsonObject => {
    const { root, definitions } = convert(schema, target, direction);
    const names = new Map(Object.keys(definitions).map((name) => [name, file(name, direction, definitions)]));
    for (const [name, definition] of Object.entries(definitions)) {
      schemas[names.get(name) ?? name] = pointToComponents(definition, names);
    }
    return pointToComponents(root, names);
  };

  return { schemas, print };
};

type Definitions = Record<string, JsonObject>;

const convert = (schema: z.ZodType, target: 'draft-2020-12' | 'draft-7', io: Direction) => {
  // In a field, so that a schema with an id becomes a reference like everywhere else.
  const printed: JsonObject = z.toJSONSchema(z.object({ it: schema }), {
    target,
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => tidy(jsonSchema as JsonObject, io),
  });
  const { it } = printed.properties as { it: JsonObject };
  return { root: it, definitions: (printed.$defs ?? printed.definitions ?? {}) as Definitions };
};

/** Leaves out what only repeats or misleads. */
const tidy = (schema: JsonObject, direction: Direction): void => {
  if (schema.format !== undefined) schema.pattern = undefined;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) schema.maximum = undefined;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) schema.minimum = undefined;
  // Fields may be added to what we send: a client that refuses unknown ones would break.
  if (direction === 'output' && schema.additionalProperties === false) schema.additionalProperties = undefined;
};

const REFERENCE = /"#\/(?:\$defs|definitions)\/([^"]+)"/g;

const pointToComponents = (schema: JsonObject, names: ReadonlyMap<string, string>): JsonObject =>
  JSON.parse(JSON.stringify(schema).replaceAll(REFERENCE, (_, name) => `"#/components/schemas/${names.get(name)}"`));

/** A definition with everything it leads to, so that equal text means equal meaning. */
const fingerprintOf = (name: string, definitions: Definitions): string => {
  const reached = new Set([name]);
  for (const each of reached) {
    for (const [, next] of JSON.stringify(definitions[each]).matchAll(REFERENCE)) if (next) reached.add(next);
  }
  return JSON.stringify([...reached].map((each) => definitions[each]));
};
