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
const diff = (schema: string): Promise<{ code: number; output: string }> => {
  const compared = ['--from-migrations', 'prisma/migrations', '--to-schema', schema, '--script', '--exit-code'];
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    execFile('node_modules/.bin/prisma', ['migrate', 'diff', ...compared], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
};

test('the migrations make exactly the database that the schema describes', async () => {
  const { code, output } = await diff('prisma/schema');
  expect(output).toContain('This is an empty migration');
  expect(code).toBe(0);
});

test('a model without a migration is noticed', async () => {
  const schema = join(folder, 'schema');
  cpSync('prisma/schema', schema, { recursive: true });
  appendFileSync(join(schema, 'user.prisma'), 'model Forgotten {\n  id Int @id\n}\n');
  const { code, output } = await diff(schema);
  expect(output).toContain('CREATE TABLE "Forgotten"');
  expect(code).toBe(2);
});
