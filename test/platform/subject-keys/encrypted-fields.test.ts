import { expect, test } from 'vitest';
import { readSchema } from '../../../scripts/schema-docs/parse.ts';
import { ENCRYPTED_FIELDS, type EncryptedField } from '../../../src/platform/subject-keys/encrypted-fields.ts';

const { models } = readSchema('prisma/schema');
const columns = models.flatMap(({ table, fields }) => fields.map((field) => ({ ...field, table })));
const fields: readonly EncryptedField[] = ENCRYPTED_FIELDS;
const nameOf = ({ table, column }: { table: string; column: string }): string => `${table}.${column}`;

/** Written once and never again, by the audit itself. */
const APPEND_ONLY = ['audit_logs.origin', 'audit_logs.payload'];
/** Encrypted for some of its rows only, by whoever writes settings. */
const SOMETIMES = ['system_settings.value'];

test('every column that the schema calls encrypted is known, and no other', () => {
  const said = columns.filter(({ comment }) => /^Encrypted\b/.test(comment)).map(nameOf);
  expect(said.length).toBeGreaterThan(15);
  expect([...fields.map(nameOf), ...APPEND_ONLY, ...SOMETIMES].sort()).toEqual(said.sort());
});

test('what the schema gives a person’s own key is theirs', () => {
  const personal = columns.filter(({ comment }) => /^Encrypted with the person's own key/.test(comment)).map(nameOf);
  const owners = new Map(fields.map((field) => [nameOf(field), field.owner.by]));
  expect(personal.length).toBeGreaterThan(10);
  for (const name of personal) expect([name, owners.get(name)]).toEqual([name, 'person']);
});

test('every keyed hash of the schema is an index here, and lies beside its value', () => {
  const hashes = columns.filter(({ comment }) => /^Keyed hash/.test(comment)).map(nameOf);
  const indexes = fields.flatMap(({ table, index }) => (index ? [`${table}.${index}`] : []));
  expect(indexes.sort()).toEqual(hashes.sort());
});

test('the columns by which owners are found exist', () => {
  const known = new Set(columns.map(nameOf));
  for (const { table, owner, key = 'id' } of fields) {
    expect(known).toContain(`${table}.${key}`);
    if (owner.by !== 'platform') expect(known).toContain(`${table}.${owner.column}`);
    if (owner.by === 'way') expect(known).toContain(`${owner.table}.${owner.person}`);
  }
});
