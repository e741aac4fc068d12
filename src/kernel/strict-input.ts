import { z } from 'zod';

/** The parts of a schema's public definition (`_zod.def`) that can hold further schemas. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  element?: z.ZodType;
  innerType?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  in?: z.ZodType;
}

const NONE = z.never();

const remade = (schema: z.ZodType, { type: _, ...definition }: Definition): z.ZodType => {
  // Safe: the schema's own definition, with schemas in it that give what those gave before.
  const changed = schema.clone({ ...schema._zod.def, ...definition } as never) as z.ZodType;
  const { id } = z.globalRegistry.get(schema) ?? {};
  return id === undefined ? changed : changed.meta({ id });
};

const strict = (schema: z.ZodType): z.ZodType => {
  const { type, ...definition } = schema._zod.def as unknown as Definition;
  if (definition.shape !== undefined) {
    const fields = Object.entries(definition.shape).map(([name, field]) => [name, strict(field)]);
    return remade(schema, { type, shape: Object.fromEntries(fields), catchall: definition.catchall ?? NONE });
  }
  if (definition.options !== undefined) return remade(schema, { type, options: definition.options.map(strict) });
  const [name, inner] = (['element', 'innerType', 'valueType', 'in'] as const)
    .map((part) => [part, definition[part]] as const)
    .find(([, part]) => part !== undefined) ?? [null, undefined];
  if (name === null || inner === undefined) return schema;
  const changed = strict(inner);
  return changed === inner ? schema : remade(schema, { type, [name]: changed });
};

/**
 * The same schema, but objects anywhere in it refuse fields that they do not name: a misspelled field, such as `promocode`,
 * must not be taken for an absent one. Objects that say themselves what becomes of other fields stay as they are.
 */
export const strictInput = <S extends z.ZodType>(schema: S): S => strict(schema) as S;
