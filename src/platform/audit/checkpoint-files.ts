import { mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { z } from 'zod';
import type { Checkpoint } from './checkpoint.ts';

/** Months that are kept. A later checkpoint vouches for all rows before it, so what goes is no loss. */
const MAX_FILES = 36;
const FILE_NAME = /^checkpoints-\d{4}-\d{2}\.jsonl$/;

const Line = z.union([
  z.object({
    database: z.string(),
    stream: z.string(),
    seq: z.string().regex(/^\d+$/),
    rowHash: z.string(),
    keyId: z.string(),
    signature: z.string(),
  }),
  z.object({ publicKey: z.object({ kty: z.literal('OKP'), crv: z.string(), x: z.string(), kid: z.string() }) }),
]);

/** What the files say about one database. */
export interface FiledCheckpoints {
  checkpoints: Checkpoint[];
  /** The keys that were ever used to sign, so that old checkpoints verify after the key was changed. */
  publicKeys: JWK[];
  /** Lines cut short, as by a full disk. */
  unreadable: number;
}

/** The folder of the files inside the data folder. */
export const checkpointFolder = (dataDir: string): string => join(dataDir, 'audit');

/** Everything filed about a database, by its name; nothing when there is no such folder. */
export const readCheckpoints = async (folder: string, database: string): Promise<FiledCheckpoints> => {
  const filed: FiledCheckpoints = { checkpoints: [], publicKeys: [], unreadable: 0 };
  for (const name of await fileNames(folder)) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const line of text.split('\n')) if (line !== '') addLine(filed, line, database);
  }
  return filed;
};

export interface Filing {
  database: string;
  checkpoints: readonly Checkpoint[];
  /** Of the keys that are not filed yet. */
  publicKeys: readonly JWK[];
  now: Date;
}

/** Appends to the month's file and waits for the disk; removes months beyond the last 36. */
export const fileCheckpoints = async (folder: string, { database, checkpoints, publicKeys, now }: Filing) => {
  const lines = [
    ...publicKeys.map(({ kty, crv, x, kid }) => ({ publicKey: { kty, crv, x, kid } })),
    ...checkpoints.map(({ stream, seq, rowHash, keyId, signature }) => ({
      database,
      stream,
      seq: String(seq),
      rowHash: Buffer.from(rowHash).toString('hex'),
      keyId,
      signature: Buffer.from(signature).toString('base64url'),
    })),
  ];
  if (lines.length === 0) return;
  await mkdir(folder, { recursive: true });
  const file = await open(join(folder, `checkpoints-${now.toISOString().slice(0, 7)}.jsonl`), 'a', 0o600);
  try {
    // A line that was cut short before must not swallow the first of these.
    await file.appendFile(`\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  for (const name of (await fileNames(folder)).slice(0, -MAX_FILES)) await unlink(join(folder, name));
};

/** In the order of the months. */
const fileNames = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).filter((name) => FILE_NAME.test(name)).sort();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
};

const addLine = (filed: FiledCheckpoints, text: string, database: string): void => {
  const line = Line.safeParse(parseJson(text));
  if (!line.success) {
    filed.unreadable += 1;
  } else if ('publicKey' in line.data) {
    filed.publicKeys.push(line.data.publicKey);
  } else if (line.data.database === database) {
    const { stream, seq, rowHash, keyId, signature } = line.data;
    filed.checkpoints.push({
      stream,
      seq: BigInt(seq),
      rowHash: Buffer.from(rowHash, 'hex'),
      keyId,
      signature: Buffer.from(signature, 'base64url'),
    });
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
