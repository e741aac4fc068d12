import { createHash, randomBytes } from 'node:crypto';
import type { AuditEntry, Call } from '../../kernel/handler.ts';
import type { Transaction } from '../db/client.ts';
import { newId } from '../ids.ts';
import type { Sealing } from '../sealing.ts';
import { contextOf, type DataKey, encryptWith, type SubjectKeys } from '../subject-keys/subject-keys.ts';

/** What sealing needs. */
export interface AuditSeals {
  subjectKeys: Pick<SubjectKeys, 'keysOf' | 'decryptFor'>;
  sealing: Sealing;
}

/** A call that took effect, with what it changed. */
export interface AuditedCall {
  request: { operation: string; call: Call };
  /** In order; an operation that names nothing leaves one row all the same. */
  audit: readonly AuditEntry[];
}

/** A row as the database function `append_audit` takes it. */
export interface SealedEntry {
  id: string;
  actor_id: string | null;
  action: string;
  target_type: string;
  target_id: string;
  request_id: string;
  subject_id: string | null;
  /** Ciphertext of address and agent; null when the actor was erased. */
  origin: string | null;
  /** Ciphertext of salt, before and after; null when there is nothing to say, or the subject was erased. */
  payload: string | null;
  /** SHA-256 of salt and payload, hex. */
  commitment: string | null;
}

/** 16 random bytes in base64url. */
export const SALT_LENGTH = 22;

/**
 * Encrypts what is personal in the audit of some calls: before and after with the key of the person they are about, the
 * address and the agent with the actor's. Takes no query while everybody's key was used within the last minute.
 */
export const sealEntries = async (
  { subjectKeys, sealing }: AuditSeals,
  tx: Transaction,
  calls: readonly AuditedCall[],
): Promise<SealedEntry[]> => {
  const drafts = calls.flatMap(draftRows);
  const people = drafts.flatMap(({ owner, subjectId }) => [owner, subjectId]).filter((id) => id !== null);
  const keys = await subjectKeys.keysOf(tx, people);
  const seal = (personId: string | null, { id, column, text }: Plain): string | null => {
    const place = { table: 'audit_logs', column, rowId: id };
    const key: DataKey | 'erased' | undefined = personId === null ? undefined : keys.get(personId);
    if (key === 'erased') return null;
    return key ? encryptWith(key, place, text) : sealing.seal(text, contextOf(place));
  };
  return drafts.map(({ owner, subjectId, origin, payload, row }) => {
    const sealed = payload === null ? null : seal(subjectId, { id: row.id, column: 'payload', text: payload });
    return {
      ...row,
      subject_id: subjectId,
      origin: seal(owner, { id: row.id, column: 'origin', text: origin }),
      payload: sealed,
      commitment: sealed === null || payload === null ? null : commitmentOf(payload),
    };
  });
};

/** What the chain keeps of a payload: its salt makes it say nothing about the content. */
export const commitmentOf = (payload: string): string => createHash('sha256').update(payload).digest('hex');

interface Plain {
  id: string;
  column: string;
  text: string;
}

const draftRows = ({ request: { operation, call }, audit }: AuditedCall) => {
  const actorId = call.actor?.userId ?? null;
  const origin = JSON.stringify({ address: call.origin.address, agent: call.origin.agent });
  return (audit.length > 0 ? audit : [unnamedTarget(operation)]).map((entry) => {
    const subjectId = entry.subjectId ?? actorId;
    return {
      owner: actorId ?? subjectId,
      subjectId,
      origin,
      payload: payloadOf(entry),
      row: {
        id: newId(),
        actor_id: actorId,
        action: operation,
        target_type: entry.targetType,
        target_id: entry.targetId,
        request_id: call.requestId,
      },
    };
  });
};

const unnamedTarget = (operation: string): AuditEntry => ({
  targetType: operation.split('.', 1)[0] ?? '',
  targetId: '',
});

const payloadOf = ({ before, after }: AuditEntry): string | null =>
  before === undefined && after === undefined
    ? null
    : randomBytes(16).toString('base64url') + JSON.stringify({ before, after });
