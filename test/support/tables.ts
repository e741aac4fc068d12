import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A table as the schema declares it. */
interface Table {
  /** Its name in PostgreSQL. */
  table: string;
  /** Its name on the Prisma client. */
  delegate: string;
}

const SCHEMA = 'prisma/schema';

/** Every table that a schema file declares. */
export const declaredTables = (): Table[] =>
  readdirSync(SCHEMA).flatMap((file) =>
    [...readFileSync(join(SCHEMA, file), 'utf8').matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(
      ([, model = '', body = '']) => ({
        table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
        delegate: model.charAt(0).toLowerCase() + model.slice(1),
      }),
    ),
  );

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));

/** Tables that a file names in SQL or by the Prisma client, relations that it follows left out. */
export const tablesNamedIn = (source: string, tables: readonly Table[]): string[] =>
  tables.flatMap(({ table, delegate }) => {
    const inSql = new RegExp(`\\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\\s+(?:ONLY\\s+)?${table}\\b`);
    const byClient = new RegExp(`\\b(?:tx|reader|database|replica|client)\\.${delegate}\\.`);
    return inSql.test(source) || byClient.test(source) ? [table] : [];
  });

/** By folder of `src/domains/`, or another part of `src/`, the tables that its files name, with the files. */
export const tablesByFile = (folder: string, tables: readonly Table[]): [file: string, tables: string[]][] =>
  sourcesIn(folder).flatMap((file) => {
    const named = tablesNamedIn(readFileSync(file, 'utf8'), tables);
    return named.length === 0 ? [] : [[file, named] as [string, string[]]];
  });
