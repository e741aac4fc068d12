import { type CryptoKey, importJWK, type JWK } from 'jose';
import {
  countUnchained,
  databaseName,
  namedStreams,
  type Reader,
  storedCheckpoints,
  streamEnds,
} from './chain-rows.ts';
import { type Checkpoint, isSignedBy } from './checkpoint.ts';
import { readCheckpoints } from './checkpoint-files.ts';
import { type Finding, type StreamCheck, type Vouched, verifyStream } from './verify-stream.ts';

export interface VerifyRequest {
  database: Reader;
  /** Where checkpoints are filed. */
  folder: string;
  /** Public keys that are known beside the filed ones. */
  publicKeys: readonly JWK[];
  /** Told of each chain as it is read, and of what is no proof of a change but worth knowing. */
  onProgress: (line: string) => void;
}

export interface VerifyOutcome {
  rows: bigint;
  checkpoints: number;
  /** At most one a chain, its first; empty when all is as it was written. */
  findings: Finding[];
}

/** Rows without a chain are counted under this name. */
const EARLIER = 'earlier';
const TELL_EVERY_ROWS = 250_000n;
const CHECKPOINT_BATCH = 10_000;

/**
 * Reads the whole audit, archive included, and finds in each chain the first row that was changed, removed, inserted or
 * moved, also at the end. Needs no key that decrypts. Safe while commits go on.
 */
export const verifyAudit = async (request: VerifyRequest): Promise<VerifyOutcome> => {
  const { database, folder, onProgress } = request;
  const filed = await readCheckpoints(folder, await databaseName(database));
  if (filed.unreadable > 0) onProgress(`${filed.unreadable} lines of the checkpoint files cannot be read`);
  const keys = await importKeys([...filed.publicKeys, ...request.publicKeys]);
  const outcome: VerifyOutcome = { rows: 0n, checkpoints: 0, findings: [] };
  for (const stream of await allStreams(database, filed.checkpoints)) {
    const ofStream = filed.checkpoints.filter((checkpoint) => checkpoint.stream === stream);
    const { vouched, finding } = await trusted(database, { stream, filed: ofStream, keys, onProgress });
    const checked = await walk(request, stream, vouched);
    outcome.rows += checked.rows;
    outcome.checkpoints += vouched.size;
    const found = checked.finding ?? finding;
    if (found) outcome.findings.push(found);
  }
  const unchained = await unchainedFinding(database);
  if (unchained) outcome.findings.push(unchained);
  return outcome;
};

const walk = async (
  { database, onProgress }: VerifyRequest,
  stream: string,
  vouched: Vouched,
): Promise<StreamCheck> => {
  let toldAt = 0n;
  const onRows = (rows: bigint): void => {
    if (rows - toldAt < TELL_EVERY_ROWS) return;
    toldAt = rows;
    onProgress(`chain ${stream}: ${rows} rows so far`);
  };
  const checked = await verifyStream(database, stream, { vouched, onRows });
  const state = checked.finding ? 'NOT as it was written' : 'as it was written';
  if (checked.rows > 0n || checked.finding) onProgress(`chain ${stream}: ${checked.rows} rows, ${state}`);
  return checked;
};

const allStreams = async (database: Reader, filed: readonly Checkpoint[]): Promise<string[]> => {
  const ends = (await streamEnds(database)).map(({ stream }) => stream);
  const named = [...(await namedStreams(database)), ...filed.map(({ stream }) => stream)];
  return [...new Set([...ends, ...named])].filter((stream) => stream !== EARLIER);
};

const importKeys = async (publicKeys: readonly JWK[]): Promise<Map<string, CryptoKey>> => {
  const keys = new Map<string, CryptoKey>();
  for (const jwk of publicKeys) {
    const key = await importJWK(jwk, 'EdDSA');
    if (jwk.kid !== undefined && !(key instanceof Uint8Array)) keys.set(jwk.kid, key);
  }
  return keys;
};

interface Evidence {
  stream: string;
  filed: Checkpoint[];
  keys: ReadonlyMap<string, CryptoKey>;
  onProgress: (line: string) => void;
}

/** The checkpoints whose signature holds, and the first that must not be as it is. */
const trusted = async (
  database: Reader,
  { stream, filed, keys, onProgress }: Evidence,
): Promise<{ vouched: Vouched; finding: Finding | null }> => {
  const stored = await allStored(database, stream);
  const storedSeqs = new Set(stored.map(({ seq }) => seq));
  const hashes = new Map<bigint, Buffer>();
  let finding: Finding | null = null;
  const unknownKeys = new Set<string>();
  for (const checkpoint of [...stored, ...filed]) {
    const key = keys.get(checkpoint.keyId);
    if (!key) unknownKeys.add(checkpoint.keyId);
    else if (await isSignedBy(key, checkpoint)) hashes.set(checkpoint.seq, Buffer.from(checkpoint.rowHash));
    else
      finding ??= { stream, seq: checkpoint.seq, rowId: null, reason: 'the signature of its checkpoint does not hold' };
  }
  for (const keyId of unknownKeys)
    onProgress(`chain ${stream}: checkpoints signed by ${keyId} prove nothing: unknown key`);
  const removed = filed.find(({ seq }) => !storedSeqs.has(seq));
  if (removed) {
    finding ??= { stream, seq: removed.seq, rowId: null, reason: 'its checkpoint was removed from the database' };
  }
  return { vouched: new Map([...hashes].sort(([a], [b]) => (a < b ? -1 : 1))), finding };
};

const allStored = async (database: Reader, stream: string): Promise<Checkpoint[]> => {
  const all: Checkpoint[] = [];
  for (;;) {
    const afterSeq = all.at(-1)?.seq ?? -1n;
    const batch = await storedCheckpoints(database, { stream, afterSeq, limit: CHECKPOINT_BATCH });
    all.push(...batch);
    if (batch.length < CHECKPOINT_BATCH) return all;
  }
};

const unchainedFinding = async (database: Reader): Promise<Finding | null> => {
  const known = (await streamEnds(database)).find(({ stream }) => stream === EARLIER)?.seq ?? 0n;
  const count = await countUnchained(database);
  if (count === known) return null;
  const reason = `${count} rows belong to no chain, where ${known} were written before there were chains`;
  return { stream: EARLIER, seq: null, rowId: null, reason };
};
