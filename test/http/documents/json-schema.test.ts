import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSchemaBook } from '../../../src/http/documents/json-schema.ts';

const named = (id: string, shape: z.ZodRawShape) => z.object(shape).meta({ id });

describe('a schema with an id', () => {
  test('is collected once and referred to', () => {
    const book = createSchemaBook('draft-2020-12');
    const Person = named('Person', { name: z.string() });
    expect(book.print(Person, 'output')).toEqual({ $ref: '#/components/schemas/Person' });
    expect(book.print(z.array(Person), 'output')).toMatchObject({ items: { $ref: '#/components/schemas/Person' } });
    expect(Object.keys(book.schemas)).toEqual(['Person']);
  });

  test('is two when what is sent differs from what is answered, however deep the difference lies', () => {
    const book = createSchemaBook('draft-2020-12');
    const Inner = named('Inner', { size: z.int().default(1) });
    const Outer = named('Outer', { inner: Inner });
    const sent = book.print(Outer, 'input');
    const answered = book.print(Outer, 'output');
    expect(sent).not.toEqual(answered);
    expect(book.schemas.OuterOutput).toMatchObject({
      properties: { inner: { $ref: '#/components/schemas/InnerOutput' } },
    });
  });

  test('may not share its id with another schema', () => {
    const book = createSchemaBook('draft-2020-12');
    book.print(named('Person', { name: z.string() }), 'output');
    expect(() => book.print(named('Person', { age: z.int() }), 'output')).toThrow('Person');
  });
});

describe('a printed schema', () => {
  test('leaves out what a format already says', () => {
    const { print } = createSchemaBook('draft-2020-12');
    expect(JSON.parse(JSON.stringify(print(z.uuid(), 'input')))).toEqual({ type: 'string', format: 'uuid' });
  });

  test('keeps a pattern that stands alone', () => {
    const { print } = createSchemaBook('draft-7');
    expect(print(z.string().regex(/^[a-z]+$/), 'input')).toMatchObject({ pattern: '^[a-z]+$' });
  });

  test('lets answers grow by fields, and keeps a strict input strict', () => {
    const { print } = createSchemaBook('draft-2020-12');
    expect(JSON.stringify(print(z.object({ a: z.string() }), 'output'))).not.toContain('additionalProperties');
    expect(print(z.strictObject({ a: z.string() }), 'input')).toMatchObject({ additionalProperties: false });
  });
});
