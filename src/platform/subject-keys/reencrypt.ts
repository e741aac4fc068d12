import { boundTransaction } from '../db/bound-transaction.ts';
import type { Database } from '../db/client.ts';
import { violatedConstraint } from '../db/failures.ts';
import type { Sealing } from '../sealing.ts';
import type { BlindIndex } from './blind-index.ts';
import { ENCRYPTED_FIELDS, type EncryptedField, type IndexedColumn } from './encrypted-fields.ts';
import { type FieldRow, replaceValue, staleRows } from './stale-fields.ts';
import { contextOf, type SubjectKeys } from './subject-keys.ts';

export interface ReencryptParts {
  database: Database;
  sealing: Sealing;
  subjectKeys: SubjectKeys;
  /** Told now and then how many values were replaced, and of each that could not be. */
  onProgress: (line: string) => void;
}

export interface ReencryptOutcome {
  replaced: number;
  /** Values that stay as they are, and readable; the reasons were told. */
  left: number;
}

const BATCH = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Brings every encrypted column to the newest keys: values to their person's current data key, the platform's own to the
 * newest key of ENCRYPTION_KEY, blind indexes too. Each row is a transaction that gives way to whoever changed it
 * meanwhile, so a run may be killed and repeated, and readers and writers need not stop.
 */
export const reencryptFields = async (parts: ReencryptParts): Promise<ReencryptOutcome> => {
  const outcome = { replaced: 0, left: 0 };
  for (const field of ENCRYPTED_FIELDS) {
    const { replaced, left } = await reencryptField(parts, field);
    if (replaced + left > 0) parts.onProgress(`${field.table}.${field.column}: ${replaced} replaced, ${left} left`);
    outcome.replaced += replaced;
    outcome.left += left;
  }
  return outcome;
};

const reencryptField = async (parts: ReencryptParts, field: EncryptedField): Promise<ReencryptOutcome> => {
  const { database, sealing, onProgress } = parts;
  const outcome = { replaced: 0, left: 0 };
  let afterId = FIRST_ID;
  for (;;) {
    const rows = await staleRows(database, field, { keyId: sealing.keyId, afterId, limit: BATCH });
    for (const row of rows) {
      const obstacle = await renewRow(parts, field, row);
      if (obstacle === null) outcome.replaced += 1;
      else {
        outcome.left += 1;
        onProgress(`${field.table}.${field.column} of ${row.rowId} stays: ${obstacle}`);
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return outcome;
    afterId = last.rowId;
  }
};

/** @returns why the row stays as it is; null when it is done, by this or by whoever changed it meanwhile */
const renewRow = async (parts: ReencryptParts, field: EncryptedField, row: FieldRow): Promise<string | null> => {
  try {
    return field.owner.by === 'platform'
      ? await renewSealed(parts, field, row)
      : await renewPersonal(parts, field, row);
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint !== null) return `${constraint} says that another row has the same value already`;
    return error instanceof Error ? error.message : String(error);
  }
};

const renewSealed = async (
  { database, sealing }: ReencryptParts,
  field: EncryptedField,
  row: FieldRow,
): Promise<string | null> => {
  const context = contextOf({ table: field.table, column: field.column, rowId: row.rowId });
  // What was sealed to no place stays so: whoever opens it names none.
  const value = tryOpen(sealing, row.value, context) ?? sealing.seal(sealing.open(row.value));
  await replaceValue(database, field, { row, value, index: row.index });
  return null;
};

const tryOpen = (sealing: Sealing, value: string, context: string): string | null => {
  try {
    return sealing.seal(sealing.open(value, context), context);
  } catch {
    return null;
  }
};

const renewPersonal = async (
  { database, subjectKeys }: ReencryptParts,
  field: EncryptedField,
  row: FieldRow,
): Promise<string | null> => {
  const { userId } = row;
  if (userId === null) return 'nobody owns it';
  const place = { table: field.table, column: field.column, rowId: row.rowId };
  return boundTransaction(database, async (tx) => {
    const plaintext = await subjectKeys.decryptFor(tx, userId, place, row.value);
    if (plaintext === null) return 'its key was destroyed';
    const index = row.index === null ? null : renewIndex(subjectKeys, field, { plaintext, index: row.index });
    if (row.index !== null && index === null) return 'its index is of another form of the value';
    const value = await subjectKeys.encryptFor(tx, userId, place, plaintext);
    await replaceValue(tx, field, { row, value, index });
    return null;
  });
};

/** The index under the newest key; null when the stored one was not made from this text. */
const renewIndex = (
  keys: BlindIndex,
  { table, index: column }: EncryptedField,
  { plaintext, index }: { plaintext: string; index: string },
): string | null => {
  // Safe: only fields with an index come here.
  const name = `${table}.${column}` as IndexedColumn;
  const [normalised = ''] = plaintext.split('\n', 1);
  return keys.blindIndexes(name, normalised).includes(index) ? keys.blindIndex(name, normalised) : null;
};
