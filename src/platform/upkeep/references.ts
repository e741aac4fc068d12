import type { Database } from '../db/client.ts';

/**
 * SQL that says of the row `kept` that nothing refers to it which would refuse to lose it. Read from the catalogue, so
 * that a table added later is not forgotten.
 */
export const nothingRefersTo = async (reader: Pick<Database, '$queryRaw'>, table: string): Promise<string> => {
  const rows = await reader.$queryRaw<{ child: string; columns: string[]; targets: string[] }[]>`
    SELECT conrelid::regclass::text AS child,
      ARRAY(SELECT quote_ident(attname) FROM unnest(conkey) WITH ORDINALITY AS part (number, place)
            JOIN pg_attribute ON attrelid = conrelid AND attnum = part.number ORDER BY place) AS columns,
      ARRAY(SELECT quote_ident(attname) FROM unnest(confkey) WITH ORDINALITY AS part (number, place)
            JOIN pg_attribute ON attrelid = confrelid AND attnum = part.number ORDER BY place) AS targets
    FROM pg_constraint
    WHERE contype = 'f' AND conparentid = 0 AND confdeltype IN ('a', 'r') AND confrelid = ${table}::regclass
    ORDER BY 1`;
  const conditions = rows.map(({ child, columns, targets }) => {
    const joined = columns.map((column, place) => `child.${column} = kept.${targets[place]}`);
    return `NOT EXISTS (SELECT FROM ${child} AS child WHERE ${joined.join(' AND ')})`;
  });
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
};
