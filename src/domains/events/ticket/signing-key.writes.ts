import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { placeOfKey } from './key-place.ts';

interface Parts {
  tx: Transaction;
  sealing: Pick<Sealing, 'seal'>;
}

/** The first key of an event; a later one after a loss has the next number. */
const FIRST = 1;

/** Makes the key that signs an event's tickets, unless it has one. Its private half lies sealed. */
export const ensureSigningKey = async (
  { tx, sealing }: Parts,
  event: { id: string; hasKey: boolean },
): Promise<void> => {
  if (event.hasKey) return;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const publicText = publicKey.export({ format: 'jwk' }).x ?? '';
  const id = newId();
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const sealedKey = sealing.seal(pkcs8, placeOfKey(id, 'private_key'));
  const gateKey = sealing.seal(randomBytes(32).toString('base64'), placeOfKey(id, 'gate_key'));
  await tx.$executeRaw`
    INSERT INTO event_signing_keys (id, event_id, key_number, status, public_key, private_key, gate_key)
    VALUES (${id}::uuid, ${event.id}::uuid, ${FIRST}, 'ACTIVE', ${publicText}, ${sealedKey}, ${gateKey})
    ON CONFLICT DO NOTHING`;
};
