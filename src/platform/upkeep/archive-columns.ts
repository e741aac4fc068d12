import type { Database } from '../db/client.ts';

/**
 * The columns that a table of the schema `archive` shares with the live one, as a list for SQL. Generated ones are made
 * again where they are wanted, so an archive has none.
 * @throws Error when there is no such archive
 */
export const archiveColumns = async (reader: Pick<Database, '$queryRaw'>, table: string): Promise<string> => {
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(live.column_name) AS name
    FROM information_schema.columns AS live
    JOIN information_schema.columns AS old ON old.table_name = live.table_name AND old.column_name = live.column_name
    WHERE live.table_schema = 'public' AND old.table_schema = 'archive' AND live.table_name = ${table}
    ORDER BY live.ordinal_position`;
  if (rows.length === 0) throw new Error(`there is no archive of ${table}`);
  return rows.map(({ name }) => name).join(', ');
};
