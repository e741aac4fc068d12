import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '../../src/platform/db/client.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { newId } from '../../src/platform/ids.ts';

/** A PostgreSQL of its own with Rally's tables and some chats, set as `npm start` sets it. */
export interface InsertDatabase {
  pid: number;
  database: Database;
  client: pg.Client;
  /** The settings that say what a commit is worth. */
  settings: string;
  chatIds: string[];
  senderIds: string[];
  stop(): Promise<void>;
}

const CHATS = 400;
const SENDERS = 50;
const DURABILITY = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_compression', 'shared_buffers'];

export async function openInsertDatabase(): Promise<InsertDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'rally-bench-insert-'));
  const server = await startPostgres({
    dataDir: join(folder, 'postgres'),
    onProgress: (line) => console.log(`  ${line}`),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrate({ databaseUrl: server.url, migrationsDir: projectPath('prisma/migrations') });
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const database = openDatabase(server.url, 1);
    const people = await fill(database);
    const close = async (): Promise<void> => {
      await client.end();
      await database.$disconnect();
      await stop();
    };
    return { pid: server.pid, database, client, settings: await settingsOf(client), ...people, stop: close };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fill(database: Database) {
  const senderIds = Array.from({ length: SENDERS }, newId);
  await database.user.createMany({
    data: senderIds.map((id) => ({ id, email: `${id}@example.org`, username: id, password: '!' })),
  });
  const chatIds = Array.from({ length: CHATS }, newId);
  await database.chat.createMany({ data: chatIds.map((id) => ({ id, kind: 'GROUP' as const })) });
  await database.chatParticipant.createMany({
    data: chatIds.flatMap((chatId) => senderIds.map((userId) => ({ chatId, userId }))),
  });
  return { chatIds, senderIds };
}

async function settingsOf(client: pg.Client): Promise<string> {
  const values: string[] = [];
  for (const name of DURABILITY) {
    const { rows } = await client.query(`SELECT current_setting('${name}') AS value`);
    values.push(`${name} ${rows[0]?.value}`);
  }
  return values.join(', ');
}
