import { BEGINNING, type Position, type Reader, rowsAfter, type StoredRow, streamEnd } from './chain-rows.ts';
import { genesisHash, rowHash } from './row-hash.ts';

/** Something that is not as it was written. */
export interface Finding {
  stream: string;
  /** The first place in the chain that is wrong; null when it concerns none. */
  seq: bigint | null;
  /** The row that stands there, if one does. */
  rowId: string | null;
  reason: string;
}

/** Hashes that trusted checkpoints vouch for, by sequence number, in ascending order. */
export type Vouched = ReadonlyMap<bigint, Buffer>;

export interface StreamCheck {
  rows: bigint;
  finding: Finding | null;
}

const BATCH = 5_000;

/** Walks one chain from its first row to its end. Others may append meanwhile. @returns the first thing that is wrong */
export const verifyStream = async (
  reader: Reader,
  stream: string,
  { vouched, onRows }: { vouched: Vouched; onRows: (rows: bigint) => void },
): Promise<StreamCheck> => {
  const before = await streamEnd(reader, stream);
  const at: Walk = { stream, vouched, seq: 0n, hash: genesisHash(stream), rows: 0n, end: before };
  let position: Position = BEGINNING;
  for (;;) {
    const batch = await rowsAfter(reader, stream, { ...position, limit: BATCH });
    for (const row of batch) {
      const reason = step(at, row);
      if (reason) return { rows: at.rows, finding: { stream, seq: suspectSeq(at, row), rowId: row.id, reason } };
    }
    onRows(at.rows);
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) break;
    position = last;
  }
  const after = await streamEnd(reader, stream);
  return { rows: at.rows, finding: endFinding(at, after?.seq ?? null) };
};

/** How far the walk has come. */
interface Walk {
  stream: string;
  vouched: Vouched;
  /** Of the last row that was right. */
  seq: bigint;
  hash: Buffer;
  rows: bigint;
  /** The end before the walk began. */
  end: { seq: bigint; rowHash: Uint8Array } | null;
}

/** Checks one row and moves on. @returns what is wrong with it, or null */
const step = (at: Walk, row: StoredRow): string | null => {
  const expected = at.seq + 1n;
  if (row.seq > expected && at.rows === 0n && skipTo(at, row.seq - 1n)) return step(at, row);
  if (row.seq > expected) return `rows ${expected} to ${row.seq - 1n} are missing`;
  if (row.seq < expected) return 'the row was inserted: another has its place';
  if (row.hasOldColumns) return 'the row was changed: it holds what rows of a chain do not';
  if (!same(row.prevHash, at.hash))
    return 'the row does not follow the one before it: it was moved, inserted or changed';
  const hash = rowHash(at.hash, row);
  if (!same(row.rowHash, hash)) return 'the row was changed';
  const vouched = at.vouched.get(row.seq);
  if (vouched && !same(vouched, hash)) return 'a signed checkpoint has another hash: the chain was written anew';
  if (at.end?.seq === row.seq && !same(at.end.rowHash, hash)) return 'the end of the chain has another hash';
  at.seq = row.seq;
  at.hash = hash;
  at.rows += 1n;
  return null;
};

/** Begins behind rows that were taken away, where a checkpoint vouches for them. */
const skipTo = (at: Walk, seq: bigint): boolean => {
  const hash = at.vouched.get(seq);
  if (!hash) return false;
  at.seq = seq;
  at.hash = hash;
  return true;
};

const suspectSeq = (at: Walk, row: StoredRow): bigint => (row.seq > at.seq + 1n ? at.seq + 1n : row.seq);

const endFinding = (at: Walk, endSeq: bigint | null): Finding | null => {
  const reason = endReason(at, endSeq);
  const firstSeq = endSeq !== null && at.seq > endSeq ? endSeq + 1n : at.seq + 1n;
  return reason === null ? null : { stream: at.stream, seq: firstSeq, rowId: null, reason };
};

const endReason = (at: Walk, endSeq: bigint | null): string | null => {
  if (endSeq === null) return 'commits do not know this chain: it was inserted, or its end was removed';
  const vouchedSeq = [...at.vouched.keys()].at(-1) ?? 0n;
  if (vouchedSeq > at.seq) return `rows up to ${vouchedSeq} are missing: a signed checkpoint saw them`;
  if (at.end && at.end.seq > at.seq) return `rows up to ${at.end.seq} are missing: commits appended them`;
  if (at.seq > endSeq) return `rows after ${endSeq} were inserted: no commit appended them`;
  return null;
};

const same = (left: Uint8Array | null, right: Uint8Array): boolean =>
  left !== null && Buffer.compare(left, right) === 0;
