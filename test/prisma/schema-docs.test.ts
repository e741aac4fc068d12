import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSchema } from '../../scripts/schema-docs/parse.ts';
import { renderPages } from '../../scripts/schema-docs/render.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';

const schema = readSchema(projectPath('prisma/schema'));

test('the pages about the schema are those that it makes now', () => {
  const pages = renderPages(schema);
  const folder = projectPath('docs/schema');
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  const stale = [...pages].filter(([name, text]) => readFileSync(`${folder}/${name}`, 'utf8') !== text);
  expect(stale.map(([name]) => name)).toEqual([]);
});

test('every table and column is on them', () => {
  const pages = [...renderPages(schema).values()].join('\n');
  for (const { table, fields } of schema.models) {
    expect(pages).toContain(`## ${table}\n`);
    for (const { column } of fields) expect(pages).toContain(`| \`${column}\``);
  }
});

test('a foreign key is read with its target, its action and whether it may be missing', () => {
  const booking = schema.models.find(({ name }) => name === 'Booking');
  expect(booking?.relations).toContainEqual({
    columns: ['cancelled_by_id'],
    target: 'User',
    onDelete: 'Restrict',
    isOptional: true,
    isUnique: false,
  });
  const wallet = schema.models.find(({ name }) => name === 'Wallet');
  expect(wallet?.relations).toContainEqual({
    columns: ['ledger_account_id'],
    target: 'LedgerAccount',
    onDelete: 'Restrict',
    isOptional: false,
    isUnique: true,
  });
});
