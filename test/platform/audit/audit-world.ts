import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { operation } from '../../../src/kernel/contract.ts';
import { anyone, type Handler, nothing } from '../../../src/kernel/handler.ts';
import { fileMissing, storeCheckpoints } from '../../../src/platform/audit/checkpoint.job.ts';
import { type VerifyOutcome, verifyAudit } from '../../../src/platform/audit/verify-audit.ts';
import { type RunCommitParts, runCommit } from '../../../src/platform/commits/run-commit.ts';
import { openDatabase } from '../../../src/platform/db/client.ts';
import { commit } from '../../../src/platform/db/commit.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createSealing } from '../../../src/platform/sealing.ts';
import { readSigningKeys, type SigningKey } from '../../../src/platform/signing-keys.ts';
import { createSubjectKeys, type SubjectKeys } from '../../../src/platform/subject-keys/subject-keys.ts';
import { signingKey } from '../../domains/identity/world.ts';
import { freshDatabase } from '../../support/databases.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const Entry = z.object({
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  subjectId: z.uuid().optional(),
});

const note = operation({
  name: 'probe.note',
  summary: 'Leaves the audit rows it is told to.',
  access: 'public',
  durability: 'committed',
  rates: [],
  input: z.object({ entries: z.array(Entry), breaks: z.boolean() }),
  output: z.object({}),
  errors: [],
});

const noting: Handler = commit(note, {
  load: nothing,
  allow: anyone,
  run: async ({ entries, breaks }, _subject, { audit }) => {
    for (const { subjectId, ...entry } of entries) {
      audit({ targetType: 'probe', targetId: 'x', ...entry, ...(subjectId === undefined ? {} : { subjectId }) });
    }
    if (breaks) throw new Error('broken on purpose');
    return {};
  },
});

export type NoteEntry = z.input<typeof Entry>;

/** Commits that leave audit rows, on a database of their own, and everything that checks them. */
export interface AuditWorld {
  databaseUrl: string;
  parts: RunCommitParts;
  /** Past every trigger, as somebody who owns the database. */
  sql: pg.Client;
  /** Where its checkpoints are filed. */
  folder: string;
  key: SigningKey;
  subjectKeys: SubjectKeys;
  /** The keys as a process sees them that has read none yet. */
  otherProcess: () => SubjectKeys;
  note: (actorId: string | null, entries: NoteEntry[], breaks?: boolean) => Promise<void>;
  addUsers: (count: number) => Promise<string[]>;
  checkpoint: () => Promise<void>;
  verify: () => Promise<VerifyOutcome>;
  close: () => Promise<void>;
}

export const openAuditWorld = async (): Promise<AuditWorld> => {
  const databaseUrl = await freshDatabase();
  const encryptionKey = randomBytes(32).toString('base64');
  const sealing = createSealing(encryptionKey);
  const database = openDatabase(databaseUrl, 12);
  const subjectKeys = createSubjectKeys(encryptionKey, sealing);
  const parts: RunCommitParts = { database, sealing, subjectKeys, log: createLog('silent') };
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  await sql.query(`SET session_replication_role = 'replica'`);
  const folder = scratchFolder();
  const [key] = await readSigningKeys(await signingKey());
  return {
    databaseUrl,
    parts,
    sql,
    folder,
    key,
    subjectKeys,
    otherProcess: () => createSubjectKeys(encryptionKey, sealing),
    note: async (actorId, entries, breaks = false) => {
      const actor = actorId === null ? null : { userId: actorId, sessionId: newId(), role: 'USER' };
      const origin = { carrier: 'internal', address: '203.0.113.7', agent: 'test' } as const;
      const call = { actor, origin, requestId: newId(), now: new Date() };
      const { sealed } = await runCommit(parts, noting, {
        id: newId(),
        operation: note.name,
        input: { entries, breaks },
        call,
      });
      const answer: unknown = JSON.parse(sealing.open(sealed));
      if (!breaks && !(answer as { ok: boolean }).ok) throw new Error(JSON.stringify(answer));
    },
    addUsers: async (count) => {
      const ids = Array.from({ length: count }, newId);
      await sql.query(
        `INSERT INTO users (id, email, username, password) SELECT id, id || '@rally.example', left(replace(id::text, '-', ''), 30), ''
         FROM unnest($1::uuid[]) AS id`,
        [ids],
      );
      return ids;
    },
    checkpoint: async () => {
      await storeCheckpoints(database, key);
      await fileMissing(database, { keys: [key], folder, now: new Date() });
    },
    verify: () => verifyAudit({ database, folder, publicKeys: [], onProgress: () => {} }),
    close: async () => {
      await sql.end();
      await database.$disconnect();
    },
  };
};
