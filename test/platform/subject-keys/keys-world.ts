import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../../../src/platform/db/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createSealing, type Sealing } from '../../../src/platform/sealing.ts';
import { createSubjectKeys, type SubjectKeys } from '../../../src/platform/subject-keys/subject-keys.ts';
import { freshDatabase } from '../../support/databases.ts';

/** People with keys, on a database of their own. */
export interface KeysWorld {
  databaseUrl: string;
  database: Database;
  sql: pg.Client;
  encryptionKey: string;
  sealing: Sealing;
  keys: SubjectKeys;
  /** The keys as a process sees them that has read none yet, with other keys of the platform if given. */
  otherProcess: (encryptionKey?: string) => SubjectKeys;
  addUsers: (count: number) => Promise<string[]>;
  close: () => Promise<void>;
}

export const openKeysWorld = async (): Promise<KeysWorld> => {
  const databaseUrl = await freshDatabase();
  const database = openDatabase(databaseUrl, 12);
  const encryptionKey = randomBytes(32).toString('base64');
  const sealing = createSealing(encryptionKey);
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  return {
    databaseUrl,
    database,
    sql,
    encryptionKey,
    sealing,
    keys: createSubjectKeys(encryptionKey, sealing),
    otherProcess: (other = encryptionKey) => createSubjectKeys(other, createSealing(other)),
    addUsers: async (count) => {
      const ids = Array.from({ length: count }, newId);
      await sql.query(
        `INSERT INTO users (id, email, username, password, updated_at)
         SELECT id, id || '@rally.example', left(replace(id::text, '-', ''), 30), '', now() FROM unnest($1::uuid[]) AS id`,
        [ids],
      );
      return ids;
    },
    close: async () => {
      await sql.end();
      await database.$disconnect();
    },
  };
};
