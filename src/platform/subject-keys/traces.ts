import { Prisma } from '../../generated/prisma/client.ts';
import { ENCRYPTED_FIELDS, type EncryptedField } from './encrypted-fields.ts';
import type { Writer } from './key-rows.ts';

/** Nobody's blind index: those begin with the id of a key. */
const NOBODYS = '';

/**
 * Takes away what outlives a person's keys: blind indexes are made with ENCRYPTION_KEY, so a value that is guessed could
 * still be confirmed, and nobody else could give the same one. The ciphertext beside goes too where its column may be
 * empty; all others stay, for nothing opens them.
 */
export const clearBlindIndexes = async (tx: Pick<Writer, '$executeRaw'>, userId: string): Promise<void> => {
  for (const field of ENCRYPTED_FIELDS as readonly EncryptedField[]) {
    if (field.owner.by !== 'person' || field.index === undefined) continue;
    const [column, index] = [Prisma.raw(field.column), Prisma.raw(field.index)];
    const cleared = field.isRequired
      ? Prisma.sql`${index} = ${NOBODYS}`
      : Prisma.sql`${column} = NULL, ${index} = NULL`;
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(field.table)} SET ${cleared}
      WHERE ${Prisma.raw(field.owner.column)} = ${userId}::uuid AND ${index} IS NOT NULL`;
  }
};
