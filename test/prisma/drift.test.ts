import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/databases.ts';

let databaseUrl: string;
let folder: string;

beforeAll(async () => {
  // The comparison makes a database of its own beside this one.
  databaseUrl = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'drift-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the migrations lack to make the schema; the exit code is 2 when they lack something. */
const diff = (schema: string): Promise<{ code: number; output: string; words: string }> => {
  const compared = ['--from-migrations', 'prisma/migrations', '--to-schema', schema, '--script', '--exit-code'];
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    execFile('node_modules/.bin/prisma', ['migrate', 'diff', ...compared], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout, words: stderr }),
    );
  });
};

test('the migrations make the database that the schema describes, and of a model without one they lack that alone', async () => {
  const schema = join(folder, 'schema');
  cpSync('prisma/schema', schema, { recursive: true });
  appendFileSync(join(schema, 'user.prisma'), 'model Forgotten {\n  id Int @id\n}\n');
  const { code, output, words } = await diff(schema);
  expect(code, words).toBe(2);
  expect(
    output.split(';').map((statement) => statement.replaceAll(/--.*/g, '').replaceAll(/\s+/g, ' ').trim()),
  ).toEqual(['CREATE TABLE "Forgotten" ( "id" INTEGER NOT NULL, CONSTRAINT "Forgotten_pkey" PRIMARY KEY ("id") )', '']);
});
