import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkpointFolder } from '../../../src/platform/audit/checkpoint-files.ts';
import { rowHash } from '../../../src/platform/audit/row-hash.ts';
import { newId } from '../../../src/platform/ids.ts';
import { type AuditWorld, openAuditWorld } from './audit-world.ts';

const ROWS = 40;
let world: AuditWorld;

beforeAll(async () => {
  world = await openAuditWorld();
  const users = await world.addUsers(5);
  // One after the other: they all follow each other in the first chain.
  for (let n = 0; n < ROWS; n += 1) {
    await world.note(users[n % 5] ?? null, n % 3 === 0 ? [] : [{ before: { n }, after: { n: n + 1 } }]);
    if (n === ROWS / 2) await world.checkpoint();
  }
  await world.sql.query('CREATE TABLE kept AS SELECT * FROM audit_logs');
  await world.sql.query('CREATE TABLE kept_ends AS SELECT * FROM audit_streams');
  await world.sql.query('CREATE TABLE kept_points AS SELECT * FROM audit_checkpoints');
});
afterAll(() => world.close());

const restore = async (): Promise<void> => {
  for (const [table, kept] of [
    ['audit_logs', 'kept'],
    ['audit_streams', 'kept_ends'],
    ['audit_checkpoints', 'kept_points'],
  ]) {
    await world.sql.query(`DELETE FROM ${table}`);
    await world.sql.query(`INSERT INTO ${table} SELECT * FROM ${kept}`);
  }
};

/** Does harm, tells what was found, and undoes it. */
const after = async (...statements: string[]) => {
  try {
    for (const statement of statements) await world.sql.query(statement);
    return (await world.verify()).findings;
  } finally {
    await restore();
  }
};

const place = fc.integer({ min: 1, max: ROWS });

test('an audit that nobody touched is as it was written', async () => {
  expect(await world.verify()).toMatchObject({ rows: BigInt(ROWS), checkpoints: 1, findings: [] });
});

/** Flips a bit of a column, by SQL; null where the column holds nothing. */
const FLIPS: Record<string, string> = {
  id: `overlay(id::text PLACING translate(substr(id::text, 36, 1), '0123456789abcdef', '1032547698badcfe') FROM 36)::uuid`,
  actor_id: `overlay(actor_id::text PLACING translate(substr(actor_id::text, 30, 1), '0123456789abcdef', '1032547698badcfe') FROM 30)::uuid`,
  subject_id: `overlay(subject_id::text PLACING translate(substr(subject_id::text, 30, 1), '0123456789abcdef', '1032547698badcfe') FROM 30)::uuid`,
  action: `overlay(action PLACING chr(ascii(substr(action, 1 + $bit % length(action), 1)) # 1) FROM 1 + $bit % length(action))`,
  target_type: `overlay(target_type PLACING chr(ascii(target_type) # 2) FROM 1)`,
  target_id: `coalesce(nullif(chr(ascii(target_id) # 1), chr(1)), 'x')`,
  request_id: `overlay(request_id PLACING chr(ascii(substr(request_id, 1 + $bit % 36, 1)) # 1) FROM 1 + $bit % 36)`,
  origin: `overlay(origin PLACING chr(ascii(substr(origin, 1 + $bit % length(origin), 1)) # 1) FROM 1 + $bit % length(origin))`,
  payload: `CASE WHEN payload IS NULL THEN 'x' ELSE overlay(payload PLACING chr(ascii(substr(payload, 1 + $bit % length(payload), 1)) # 1) FROM 1 + $bit % length(payload)) END`,
  payload_commitment: `CASE WHEN payload_commitment IS NULL THEN '\\x00' ELSE set_bit(payload_commitment, $bit % 256, 1 - get_bit(payload_commitment, $bit % 256)) END`,
  prev_hash: `set_bit(prev_hash, $bit % 256, 1 - get_bit(prev_hash, $bit % 256))`,
  row_hash: `set_bit(row_hash, $bit % 256, 1 - get_bit(row_hash, $bit % 256))`,
  created_at: `created_at + interval '1 millisecond'`,
  before: `'{}'`,
  after: `'{}'`,
  address: `'203.0.113.9'`,
  agent: `''`,
  stream: `'2'`,
};

test('every column of a row is covered by a flip', async () => {
  const { rows } = await world.sql.query(
    `SELECT attname FROM pg_attribute WHERE attrelid = 'audit_logs'::regclass AND attnum > 0 AND NOT attisdropped`,
  );
  expect(rows.map(({ attname }) => attname).sort()).toEqual([...Object.keys(FLIPS), 'seq'].sort());
});

test('a flipped bit anywhere is found at its row', async () => {
  const column = fc.constantFrom(...Object.keys(FLIPS));
  const bit = fc.nat({ max: 4_000 });
  await fc.assert(
    fc.asyncProperty(place, column, bit, async (seq, name, at) => {
      const flip = FLIPS[name]?.replaceAll('$bit', String(at));
      const findings = await after(`UPDATE audit_logs SET ${name} = ${flip} WHERE seq = ${seq}`);
      expect(findings).toContainEqual(expect.objectContaining({ stream: '1', seq: BigInt(seq) }));
    }),
    // Each column many times, whatever the seed.
    { numRuns: 60, examples: Object.keys(FLIPS).map((name) => [7, name, 5]) },
  );
}, 120_000);

test('a removed row is found at its place, also the last', async () => {
  await fc.assert(
    fc.asyncProperty(place, async (seq) => {
      const findings = await after(`DELETE FROM audit_logs WHERE seq = ${seq}`);
      expect(findings).toEqual([
        expect.objectContaining({ stream: '1', seq: BigInt(seq), reason: expect.stringContaining('missing') }),
      ]);
    }),
    { numRuns: 20, examples: [[1], [ROWS]] },
  );
}, 60_000);

test('two rows that changed places are found at the first', async () => {
  await fc.assert(
    fc.asyncProperty(place, place, async (one, other) => {
      fc.pre(one !== other);
      const findings = await after(
        `UPDATE audit_logs SET seq = CASE seq WHEN ${one} THEN ${other} ELSE ${one} END WHERE seq IN (${one}, ${other})`,
      );
      expect(findings).toEqual([expect.objectContaining({ seq: BigInt(Math.min(one, other)) })]);
    }),
    { numRuns: 30 },
  );
}, 60_000);

const copy = (seq: number, as: string): string =>
  `INSERT INTO audit_logs SELECT (jsonb_populate_record(audit_logs, jsonb_build_object('id', '${newId()}', 'seq', ${as}))).*
   FROM audit_logs WHERE seq = ${seq}`;

test('an inserted row is found at its place, wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: ROWS + 1 }), async (like, at) => {
      const findings = await after(copy(like, String(at)));
      expect(findings).toEqual([expect.objectContaining({ seq: BigInt(at) })]);
    }),
    {
      numRuns: 40,
      examples: [
        [1, ROWS + 1],
        [ROWS, ROWS],
      ],
    },
  );
}, 60_000);

test('a row without a chain, and a chain that no commit began, are found', async () => {
  const bare = `INSERT INTO audit_logs (id, action, target_type, target_id, request_id) VALUES ('${newId()}', 'a', 't', '', '')`;
  expect(await after(bare)).toEqual([expect.objectContaining({ stream: 'earlier', seq: null })]);
  expect(await after(`UPDATE audit_logs SET stream = 'another'`)).toContainEqual(
    expect.objectContaining({ stream: 'another' }),
  );
});

test('a row at the end with the right hash is found: no commit appended it', async () => {
  const { rows } = await world.sql.query('SELECT * FROM audit_logs WHERE seq = $1', [ROWS]);
  const end = rows[0];
  const forged = {
    id: newId(),
    seq: BigInt(ROWS + 1),
    prevHash: end.row_hash,
    rowHash: null,
    createdAt: end.created_at,
    actorId: null,
    action: 'forged',
    targetType: 't',
    targetId: '',
    payloadCommitment: null,
    requestId: '',
    subjectId: null,
    origin: null,
    payload: null,
  };
  const hash = rowHash(end.row_hash, forged).toString('hex');
  const findings = await after(
    `INSERT INTO audit_logs (id, action, target_type, target_id, request_id, stream, seq, prev_hash, row_hash, created_at)
     VALUES ('${forged.id}', 'forged', 't', '', '', '1', ${ROWS + 1}, '\\x${end.row_hash.toString('hex')}', '\\x${hash}',
             '${end.created_at.toISOString()}')`,
  );
  expect(findings).toEqual([
    expect.objectContaining({ seq: BigInt(ROWS + 1), reason: expect.stringContaining('inserted') }),
  ]);
});

const checkpointSeq = ROWS / 2 + 1;
const cut = (seq: number): string[] => [
  `DELETE FROM audit_logs WHERE seq > ${seq}`,
  `UPDATE audit_streams SET seq = ${seq}, row_hash = (SELECT row_hash FROM audit_logs WHERE seq = ${seq}) WHERE stream = '1'`,
];

test('a chain cut short behind everybody’s back is found by the checkpoint, also when the database lost that too', async () => {
  const inDatabase = await after(...cut(checkpointSeq - 3));
  expect(inDatabase).toEqual([
    expect.objectContaining({ seq: BigInt(checkpointSeq - 2), reason: expect.stringContaining('checkpoint') }),
  ]);
  const onlyInFile = await after(...cut(checkpointSeq - 3), 'DELETE FROM audit_checkpoints');
  expect(onlyInFile).toEqual(inDatabase);
});

test('a checkpoint that was removed or changed in the database is found', async () => {
  expect(await after('DELETE FROM audit_checkpoints')).toEqual([
    expect.objectContaining({ seq: BigInt(checkpointSeq), reason: expect.stringContaining('removed') }),
  ]);
  expect(
    await after('UPDATE audit_checkpoints SET signature = set_bit(signature, 7, 1 - get_bit(signature, 7))'),
  ).toEqual([expect.objectContaining({ seq: BigInt(checkpointSeq), reason: expect.stringContaining('signature') })]);
});

test('rows that were taken away up to a checkpoint are not missed, one more is', async () => {
  expect(await after(`DELETE FROM audit_logs WHERE seq <= ${checkpointSeq}`)).toEqual([]);
  expect(await after(`DELETE FROM audit_logs WHERE seq <= ${checkpointSeq + 1}`)).toEqual([
    expect.objectContaining({ seq: 1n, reason: expect.stringContaining('missing') }),
  ]);
});

test('rows in the archive belong to the chain', async () => {
  await world.sql.query('CREATE TABLE IF NOT EXISTS archive.audit_rest PARTITION OF archive.audit_logs DEFAULT');
  const columns =
    'id, actor_id, action, target_type, target_id, before, after, address, agent, request_id, stream, seq, prev_hash, row_hash, payload_commitment, created_at, subject_id, origin, payload';
  const move = `WITH moved AS (DELETE FROM audit_logs WHERE seq <= 10 RETURNING ${columns}) INSERT INTO archive.audit_logs (${columns}) SELECT * FROM moved`;
  expect(await after(move)).toEqual([]);
  await world.sql.query('TRUNCATE archive.audit_logs');
  expect(await after(move, `DELETE FROM archive.audit_logs WHERE seq = 4`)).toEqual([
    expect.objectContaining({ seq: 4n }),
  ]);
  await world.sql.query('TRUNCATE archive.audit_logs');
});

test('a line of the file that was cut short hides none of the others', async () => {
  const path = join(world.folder, `checkpoints-${new Date().toISOString().slice(0, 7)}.jsonl`);
  const whole = readFileSync(path, 'utf8');
  expect(checkpointFolder('/x')).toBe('/x/audit');
  writeFileSync(path, `${whole}{"database":"x","str`);
  try {
    expect((await world.verify()).findings).toEqual([]);
    expect(await after(...cut(checkpointSeq - 3), 'DELETE FROM audit_checkpoints')).toHaveLength(1);
  } finally {
    writeFileSync(path, whole);
  }
});
