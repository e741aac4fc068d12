import type { Transaction } from '../db/client.ts';
import type { EncryptedField } from './encrypted-fields.ts';

/** What a field of one row holds. */
export interface FieldRow {
  rowId: string;
  value: string;
  /** The blind index; null when the column has none. */
  index: string | null;
  /** Whose key; null for the platform's, or when nobody was found. */
  userId: string | null;
}

/** Raw SQL whose names come from `ENCRYPTED_FIELDS`, never from outside. */
export type RawReader = Pick<Transaction, '$queryRawUnsafe'>;
export type RawWriter = Pick<Transaction, '$executeRawUnsafe'>;

/**
 * Rows after `afterId` that were encrypted, sealed or indexed with another key than the newest, in the order of their ids.
 * @param keyId of the newest key of ENCRYPTION_KEY
 */
export const staleRows = (
  reader: RawReader,
  field: EncryptedField,
  { keyId, afterId, limit }: { keyId: string; afterId: string; limit: number },
): Promise<FieldRow[]> => {
  const { from, user } = sourceOf(field);
  const sql = `
    SELECT field.${keyOf(field)}::text AS "rowId", field.${field.column} AS value, ${user}::text AS "userId",
           ${field.index ? `field.${field.index}` : 'NULL'} AS index
    FROM ${from}
    WHERE field.${field.column} IS NOT NULL AND ${field.except ? `NOT (${field.except})` : 'true'}
      AND field.${keyOf(field)} > $1::uuid AND (${staleness(field)})
    ORDER BY field.${keyOf(field)} LIMIT $3`;
  return reader.$queryRawUnsafe(sql, afterId, keyId, limit);
};

/** Replaces a value and its index, if nobody has done so meanwhile. @returns whether it did */
export const replaceValue = async (
  tx: RawWriter,
  field: EncryptedField,
  { row, value, index }: { row: FieldRow; value: string; index: string | null },
): Promise<boolean> => {
  const set = field.index ? `${field.column} = $1, ${field.index} = $4` : `${field.column} = $1`;
  const sql = `UPDATE ${field.table} SET ${set} WHERE ${keyOf(field)} = $2::uuid AND ${field.column} = $3`;
  const values = field.index ? [value, row.rowId, row.value, index] : [value, row.rowId, row.value];
  return (await tx.$executeRawUnsafe(sql, ...values)) === 1;
};

const keyOf = ({ key = 'id' }: EncryptedField): string => key;

const sourceOf = ({ table, owner }: EncryptedField): { from: string; user: string } => {
  if (owner.by === 'platform') return { from: `${table} AS field`, user: 'NULL' };
  if (owner.by === 'person') {
    const user = `field.${owner.column}`;
    return { from: `${table} AS field ${activeKey(user)}`, user };
  }
  const user = `way.${owner.person}`;
  const way = `LEFT JOIN ${owner.table} AS way ON way.id = field.${owner.column}`;
  return { from: `${table} AS field ${way} ${activeKey(user)}`, user };
};

const activeKey = (user: string): string =>
  `LEFT JOIN subject_keys AS active ON active.user_id = ${user} AND active.status = 'ACTIVE'`;

/** A value begins with the id of its key, and so does an index. */
const staleness = ({ owner, column, index }: EncryptedField): string => {
  if (owner.by === 'platform') return `field.${column} NOT LIKE $2 || '.%'`;
  const isOldValue = `active.id IS NOT NULL AND field.${column} NOT LIKE active.id || '.%'`;
  // The comparison with $2 gives the parameter its type where there is no index.
  const isOldIndex = index ? `active.id IS NOT NULL AND field.${index} NOT LIKE $2 || '.%'` : `$2::text IS NULL`;
  return `(${isOldValue}) OR (${isOldIndex})`;
};
