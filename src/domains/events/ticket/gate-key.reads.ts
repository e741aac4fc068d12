import type { Transaction } from '../../../platform/db/client.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { placeOfKey } from './key-place.ts';

/** The key that the rotating proofs of an event's tickets derive from, 32 bytes in base64; null before the first was sold. */
export const gateKeyOf = async (
  reader: Pick<Transaction, 'eventSigningKey'>,
  sealing: Pick<Sealing, 'open'>,
  eventId: string,
): Promise<string | null> => {
  const row = await reader.eventSigningKey.findFirst({
    where: { eventId, status: 'ACTIVE' },
    select: { id: true, gateKey: true },
  });
  return row && sealing.open(row.gateKey, placeOfKey(row.id, 'gate_key'));
};
