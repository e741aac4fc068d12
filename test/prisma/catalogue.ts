import type pg from 'pg';

/** An index of a product or engine table; those of single partitions follow from their parent and are left out. */
export interface Index {
  name: string;
  table: string;
  method: string;
  isUnique: boolean;
  /** Each with its operator class and order, as far as they differ from the usual. */
  columns: string[];
  /** Of a partial index; empty for a whole one. */
  predicate: string;
}

export interface ForeignKey {
  name: string;
  table: string;
  columns: string[];
  target: string;
  onDelete: 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT';
}

export interface Column {
  table: string;
  name: string;
  type: string;
}

const NOT_A_PARTITION = `relation.relnamespace = 'public'::regnamespace AND NOT relation.relispartition
  AND relation.relname <> '_prisma_migrations'`;

const rowsOf = async <T extends pg.QueryResultRow>(sql: pg.Client, query: string): Promise<T[]> =>
  (await sql.query<T>(query)).rows;

/** Names of all tables; a partitioned table counts once. */
export const readTables = async (sql: pg.Client): Promise<string[]> => {
  const rows = await rowsOf<{ name: string }>(
    sql,
    `SELECT relname AS name FROM pg_class AS relation WHERE relkind IN ('r', 'p') AND ${NOT_A_PARTITION} ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

export const readColumns = (sql: pg.Client): Promise<Column[]> =>
  rowsOf(
    sql,
    `SELECT relname AS table, attname AS name, format_type(atttypid, atttypmod) AS type
     FROM pg_attribute JOIN pg_class AS relation ON relation.oid = attrelid
     WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped AND ${NOT_A_PARTITION} ORDER BY 1, attnum`,
  );

export const readIndexes = (sql: pg.Client): Promise<Index[]> =>
  rowsOf(
    sql,
    `SELECT relation.relname AS name, indrelid::regclass::text AS table, amname AS method, indisunique AS "isUnique",
       coalesce(pg_get_expr(indpred, indrelid), '') AS predicate,
       ARRAY(SELECT pg_get_indexdef(indexrelid, place, false) || ' ' || indclass[place - 1] || ' ' || indoption[place - 1]
             FROM generate_series(1, indnkeyatts) AS place) AS columns
     FROM pg_index JOIN pg_class AS relation ON relation.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
     WHERE ${NOT_A_PARTITION} AND indrelid::regclass::text <> '_prisma_migrations' ORDER BY 2, 1`,
  );

export const readForeignKeys = (sql: pg.Client): Promise<ForeignKey[]> =>
  rowsOf(
    sql,
    `SELECT conname AS name, relation.relname AS table, confrelid::regclass::text AS target,
       ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS part(number, place)
             JOIN pg_attribute ON attrelid = conrelid AND attnum = part.number ORDER BY place) AS columns,
       CASE confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
         WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END AS "onDelete"
     FROM pg_constraint JOIN pg_class AS relation ON relation.oid = conrelid
     WHERE contype = 'f' AND conparentid = 0 AND ${NOT_A_PARTITION} ORDER BY 2, 1`,
  );

/** Enum types, each with the columns that have it. */
export const readEnums = (sql: pg.Client): Promise<{ name: string; columns: string[] }[]> =>
  rowsOf(
    sql,
    `SELECT typname AS name, ARRAY(
       SELECT relname || '.' || attname FROM pg_attribute JOIN pg_class AS relation ON relation.oid = attrelid
       WHERE atttypid IN (pg_type.oid, pg_type.typarray) AND NOT attisdropped AND relkind IN ('r', 'p') AND ${NOT_A_PARTITION}
     ) AS columns
     FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace ORDER BY 1`,
  );

/** The expression of every generated column, by `table.column`. */
export const readGenerated = async (sql: pg.Client): Promise<Map<string, string>> => {
  const rows = await rowsOf<{ name: string; expression: string }>(
    sql,
    `SELECT relname || '.' || attname AS name, pg_get_expr(adbin, adrelid) AS expression
     FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
       JOIN pg_class AS relation ON relation.oid = adrelid
     WHERE attgenerated = 's' AND ${NOT_A_PARTITION}`,
  );
  return new Map(rows.map(({ name, expression }) => [name, expression]));
};

export const isFullText = (index: Index): boolean =>
  index.method === 'gin' && index.columns.some((column) => /^search |search_document/.test(column));

/** What `shorter` does, `longer` does too: the same rows, and its columns are the first of the other's. */
export const isCoveredBy = (shorter: Index, longer: Index): boolean =>
  shorter.name !== longer.name &&
  shorter.table === longer.table &&
  shorter.method === longer.method &&
  shorter.predicate === longer.predicate &&
  shorter.columns.every((column, place) => column === longer.columns[place]) &&
  (shorter.columns.length === longer.columns.length || !shorter.isUnique);
