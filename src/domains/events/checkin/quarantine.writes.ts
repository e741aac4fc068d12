import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';

/** Characters of a scan that are kept. */
const MAX_CHARACTERS = 4_000;
const MAX_REASON = 500;

export interface Unreadable {
  scanId: string;
  payload: object;
  /** The first field that is wrong, and why. */
  reason: string;
}

/** Keeps scans that cannot be read; each once. */
export const quarantine = async (
  tx: Transaction,
  { eventId, deviceId, staffId }: { eventId: string; deviceId: string | null; staffId: string | null },
  scans: readonly Unreadable[],
): Promise<void> => {
  if (scans.length === 0) return;
  await tx.doorQuarantine.createMany({
    data: scans.map(({ scanId, payload, reason }) => ({
      ...{ id: newId(), eventId, deviceId, staffId, scanId },
      payload: { text: textOf(payload) },
      reason: reason.slice(0, MAX_REASON),
    })),
    skipDuplicates: true,
  });
};

/** As text: PostgreSQL's JSON takes neither NUL nor half a character, which a cut may leave. */
const textOf = (payload: object): string =>
  JSON.stringify(payload)
    .slice(0, MAX_CHARACTERS)
    .replace(/\p{Surrogate}/gu, '');
