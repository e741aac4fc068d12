import { z } from 'zod';

/** What the text of a path or query parameter stands for. */
export interface FieldKind {
  kind: 'text' | 'number' | 'boolean';
  /** A list: every occurrence of the parameter is one item. */
  many: boolean;
}

interface JsonSchema {
  type?: string | string[];
  $ref?: string;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  $defs?: Record<string, JsonSchema>;
}

/** The kinds of a schema's fields, by name, as far as they are more than text. */
export const fieldKinds = (input: z.ZodType): ReadonlyMap<string, FieldKind> => {
  // JSON Schema says the same whatever wraps a field: optional, default, a transformation.
  const root = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const kinds = new Map<string, FieldKind>();
  for (const part of alternatives(root, root)) {
    for (const [name, field] of Object.entries(part.properties ?? {})) kinds.set(name, kindOf(field, root));
  }
  return kinds;
};

const kindOf = (field: JsonSchema, root: JsonSchema): FieldKind => {
  const options = alternatives(field, root);
  const list = options.find(({ items }) => items !== undefined);
  if (list?.items) return { ...kindOf(list.items, root), many: true };
  const types = new Set(options.flatMap(({ type = 'any' }) => type));
  types.delete('null');
  if (isOnly(types, ['number', 'integer'])) return { kind: 'number', many: false };
  return { kind: isOnly(types, ['boolean']) ? 'boolean' : 'text', many: false };
};

const isOnly = (types: ReadonlySet<string>, allowed: string[]): boolean =>
  types.size > 0 && [...types].every((type) => allowed.includes(type));

/** A schema without references and with its variants side by side. */
const alternatives = (schema: JsonSchema, root: JsonSchema): JsonSchema[] => {
  const { $ref, anyOf, oneOf, allOf } = schema;
  if ($ref !== undefined) {
    const target = root.$defs?.[$ref.replace('#/$defs/', '')];
    return target ? alternatives(target, root) : [];
  }
  const variants = anyOf ?? oneOf ?? allOf;
  return variants ? variants.flatMap((variant) => alternatives(variant, root)) : [schema];
};
