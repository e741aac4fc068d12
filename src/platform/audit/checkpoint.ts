import type { CryptoKey } from 'jose';
import type { SigningKey } from '../signing-keys.ts';

/** Signed proof that a chain had `seq` rows, the last with this hash. */
export interface Checkpoint {
  stream: string;
  seq: bigint;
  rowHash: Uint8Array;
  /** Of the signing key. */
  keyId: string;
  signature: Uint8Array;
}

type Statement = Pick<Checkpoint, 'stream' | 'seq' | 'rowHash'>;

/** No token that is signed with the same key begins like this. */
const messageOf = ({ stream, seq, rowHash }: Statement): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`rally audit checkpoint\n${stream}\n${seq}\n${Buffer.from(rowHash).toString('hex')}`);

/** Signs the end of a chain (Ed25519). */
export const signCheckpoint = async (key: SigningKey, statement: Statement): Promise<Checkpoint> => {
  const signature = await crypto.subtle.sign('Ed25519', key.privateKey, messageOf(statement));
  return { ...statement, keyId: key.id, signature: new Uint8Array(signature) };
};

/** Whether the key signed it. */
export const isSignedBy = (publicKey: CryptoKey, checkpoint: Checkpoint): Promise<boolean> =>
  crypto.subtle.verify('Ed25519', publicKey, new Uint8Array(checkpoint.signature), messageOf(checkpoint));
