import { z } from 'zod';
import type { Transaction } from '../db/client.ts';
import { contextOf } from '../subject-keys/subject-keys.ts';
import { type AuditSeals, commitmentOf, SALT_LENGTH } from './seal-entries.ts';

/** A row of `audit_logs` as Prisma gives it; only what is needed to open it. */
export interface SealedRow {
  id: string;
  actorId: string | null;
  subjectId: string | null;
  origin: string | null;
  payload: string | null;
  payloadCommitment: Uint8Array | null;
}

/** What was sealed in a row; null where a key was destroyed, or nothing was said. */
export interface OpenedEntry {
  origin: { address: string; agent: string } | null;
  payload: { before?: unknown; after?: unknown } | null;
}

const Origin = z.object({ address: z.string(), agent: z.string() });
const Payload = z.object({ before: z.unknown().optional(), after: z.unknown().optional() });

/** Opens a row for somebody who may read the audit. @throws Error when it was changed */
export const openEntry = async (
  seals: AuditSeals,
  reader: Pick<Transaction, '$queryRaw'>,
  row: SealedRow,
): Promise<OpenedEntry> => {
  const open = (personId: string | null, column: 'origin' | 'payload'): Promise<string | null> =>
    openText(seals, reader, { personId, rowId: row.id, column, text: row[column] });
  const origin = await open(row.actorId ?? row.subjectId, 'origin');
  const payload = await open(row.subjectId, 'payload');
  if (payload !== null && commitmentOf(payload) !== Buffer.from(row.payloadCommitment ?? []).toString('hex')) {
    throw new Error(`the payload of audit row ${row.id} is not the one that was committed to`);
  }
  return {
    origin: origin === null ? null : Origin.parse(JSON.parse(origin)),
    payload: payload === null ? null : Payload.parse(JSON.parse(payload.slice(SALT_LENGTH))),
  };
};

interface SealedText {
  personId: string | null;
  rowId: string;
  column: string;
  text: string | null;
}

const openText = async (
  { subjectKeys, sealing }: AuditSeals,
  reader: Pick<Transaction, '$queryRaw'>,
  { personId, rowId, column, text }: SealedText,
): Promise<string | null> => {
  if (text === null) return null;
  const place = { table: 'audit_logs', column, rowId };
  // People's keys are named by a UUID, the platform's are not.
  const isPersonal = text.indexOf('.') === 36;
  if (!isPersonal || personId === null) return sealing.open(text, contextOf(place));
  return subjectKeys.decryptFor(reader, personId, place, text);
};
