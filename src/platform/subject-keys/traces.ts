import { ENCRYPTED_FIELDS, type EncryptedField } from './encrypted-fields.ts';
import type { RawWriter } from './stale-fields.ts';

/**
 * Takes away what outlives a person's keys: blind indexes are made with ENCRYPTION_KEY, so a value that is guessed could
 * still be confirmed, and nobody else could give the same one. The ciphertext beside goes too where its column may be
 * empty; all others stay, for nothing opens them.
 */
export const clearBlindIndexes = async (tx: RawWriter, userId: string): Promise<void> => {
  for (const { table, column, owner, index, isRequired } of ENCRYPTED_FIELDS as readonly EncryptedField[]) {
    if (owner.by !== 'person' || index === undefined) continue;
    // Nobody's index is empty: each begins with the id of a key.
    const cleared = isRequired ? `${index} = ''` : `${column} = NULL, ${index} = NULL`;
    const sql = `UPDATE ${table} SET ${cleared} WHERE ${owner.column} = $1::uuid AND ${index} IS NOT NULL`;
    await tx.$executeRawUnsafe(sql, userId);
  }
};
