import type { Database } from '../db/client.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ChainRow } from './row-hash.ts';

export type Reader = Pick<Database, '$queryRaw'>;

/** The end of a chain as the commits know it. */
export interface StreamEnd {
  stream: string;
  seq: bigint;
  rowHash: Uint8Array;
}

/** A row with what it may no longer hold. */
export interface StoredRow extends ChainRow {
  /** True when one of the columns from before chains is filled in. */
  hasOldColumns: boolean;
}

/** Ends of all chains, by name. */
export const streamEnds = (reader: Reader): Promise<StreamEnd[]> =>
  reader.$queryRaw`SELECT stream, seq, row_hash AS "rowHash" FROM audit_streams ORDER BY length(stream), stream`;

/** The end of one chain, or null. */
export const streamEnd = async (reader: Reader, stream: string): Promise<StreamEnd | null> => {
  const [end] = await reader.$queryRaw<StreamEnd[]>`
    SELECT stream, seq, row_hash AS "rowHash" FROM audit_streams WHERE stream = ${stream}`;
  return end ?? null;
};

/** Names that rows carry, of whatever chain. */
export const namedStreams = async (reader: Reader): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ stream: string }[]>`
    SELECT DISTINCT stream FROM audit_logs WHERE stream IS NOT NULL
    UNION SELECT DISTINCT stream FROM archive.audit_logs WHERE stream IS NOT NULL`;
  return rows.map(({ stream }) => stream);
};

/** How many rows belong to no chain. */
export const countUnchained = async (reader: Reader): Promise<bigint> => {
  const [row] = await reader.$queryRaw<{ n: bigint }[]>`
    SELECT (SELECT count(*) FROM audit_logs WHERE stream IS NULL)
         + (SELECT count(*) FROM archive.audit_logs WHERE stream IS NULL) AS n`;
  return row?.n ?? 0n;
};

/** Where reading goes on: after this row. */
export interface Position {
  seq: bigint;
  id: string;
}

/** Before every row. */
export const BEGINNING: Position = { seq: -(2n ** 63n), id: '00000000-0000-0000-0000-000000000000' };

/** The next rows of a chain in its order, wherever they lie. */
export const rowsAfter = (
  reader: Reader,
  stream: string,
  { seq, id, limit }: Position & { limit: number },
): Promise<StoredRow[]> =>
  reader.$queryRaw`
    SELECT id, seq, prev_hash AS "prevHash", row_hash AS "rowHash", created_at AS "createdAt", actor_id AS "actorId", action,
           target_type AS "targetType", target_id AS "targetId", payload_commitment AS "payloadCommitment",
           request_id AS "requestId", subject_id AS "subjectId", origin, payload,
           num_nonnulls(before, after, address, agent) > 0 AS "hasOldColumns"
    FROM (
      SELECT id, seq, prev_hash, row_hash, created_at, actor_id, action, target_type, target_id, payload_commitment,
             request_id, subject_id, origin, payload, before, after, address, agent
      FROM audit_logs WHERE stream = ${stream} AND (seq, id) > (${seq}, ${id}::uuid)
      UNION ALL
      SELECT id, seq, prev_hash, row_hash, created_at, actor_id, action, target_type, target_id, payload_commitment,
             request_id, subject_id, origin, payload, before, after, address, agent
      FROM archive.audit_logs WHERE stream = ${stream} AND (seq, id) > (${seq}, ${id}::uuid)
    ) AS chain
    ORDER BY seq, id LIMIT ${limit}`;

/** Checkpoints of a chain after a sequence number, in order. */
export const storedCheckpoints = (
  reader: Reader,
  { stream, afterSeq, limit }: { stream: string; afterSeq: bigint; limit: number },
): Promise<Checkpoint[]> =>
  reader.$queryRaw`
    SELECT stream, seq, row_hash AS "rowHash", key_id AS "keyId", signature
    FROM audit_checkpoints WHERE stream = ${stream} AND seq > ${afterSeq} ORDER BY seq LIMIT ${limit}`;

/** The database's name. */
export const databaseName = async (reader: Reader): Promise<string> => {
  const [row] = await reader.$queryRaw<{ name: string }[]>`SELECT current_database()::text AS name`;
  return row?.name ?? '';
};
