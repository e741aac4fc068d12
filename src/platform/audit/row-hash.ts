import { createHash } from 'node:crypto';

/** A row of a chain, as it is stored. */
export interface ChainRow {
  id: string;
  seq: bigint;
  prevHash: Uint8Array | null;
  rowHash: Uint8Array | null;
  createdAt: Date;
  actorId: string | null;
  action: string;
  targetType: string;
  targetId: string;
  payloadCommitment: Uint8Array | null;
  requestId: string;
  subjectId: string | null;
  origin: string | null;
  payload: string | null;
}

/**
 * The hash of a row that follows one with `prevHash`: SHA-256 over prev_hash, seq, ts, actor, action, target and
 * payload_commitment, then whatever else the row holds, so that no bit of it can be changed. Each field has four bytes of
 * length before it, big-endian as all numbers here; a null is four bytes of ones. The database's `append_audit` makes it.
 */
export const rowHash = (prevHash: Uint8Array, row: ChainRow): Buffer => {
  const hash = createHash('sha256');
  const fields = [
    prevHash,
    number(row.seq),
    number(BigInt(row.createdAt.getTime())),
    uuid(row.actorId),
    row.action,
    row.targetType,
    row.targetId,
    row.payloadCommitment,
    uuid(row.id),
    row.requestId,
    uuid(row.subjectId),
    row.origin,
    row.payload,
  ];
  for (const field of fields) addField(hash, field);
  return hash.digest();
};

/** What the first row of a chain follows. */
export const genesisHash = (stream: string): Buffer => createHash('sha256').update(`rally audit ${stream}`).digest();

const NULL = Buffer.alloc(4, 0xff);

const addField = (hash: ReturnType<typeof createHash>, field: string | Uint8Array | null): void => {
  if (field === null) return void hash.update(NULL);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(typeof field === 'string' ? Buffer.byteLength(field) : field.length);
  hash.update(length).update(field);
};

const number = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
};

const uuid = (id: string | null): Buffer | null => (id === null ? null : Buffer.from(id.replaceAll('-', ''), 'hex'));
