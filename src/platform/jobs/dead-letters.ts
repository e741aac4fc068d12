import type { Database, Transaction } from '../db/client.ts';
import { newId } from '../ids.ts';

/** Something that was tried as often as allowed and is put aside for a person to look at. */
export interface DeadLetter {
  source: 'job' | 'fact';
  /** What it was, `chat.sweep#123`; a second letter with the same reference replaces the first. */
  reference: string;
  payload: unknown;
  error: string;
}

const MAX_ERROR_LENGTH = 2_000;

/** Writes the row. Only workers call it. */
export const putAside = async (database: Database | Transaction, letter: DeadLetter): Promise<void> => {
  const payload = JSON.stringify(letter.payload ?? null);
  const error = letter.error.slice(0, MAX_ERROR_LENGTH);
  await database.$executeRaw`
    INSERT INTO dead_letters (id, source, reference, payload, error)
    VALUES (${newId()}::uuid, ${letter.source}, ${letter.reference}, ${payload}::jsonb, ${error})
    ON CONFLICT (source, reference) DO UPDATE
    SET payload = EXCLUDED.payload, error = EXCLUDED.error, created_at = now()`;
};
