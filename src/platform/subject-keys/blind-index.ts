import { createHmac } from 'node:crypto';
import { deriveKey, readKeyring } from '../keyring.ts';
import type { IndexedColumn } from './encrypted-fields.ts';

/** Finds encrypted values by equality: a keyed hash beside the ciphertext, another key for each column. */
export interface BlindIndex {
  /**
   * What to store, `{key id}.{hex}`. The value must be in its one normal form, and the first line of what is encrypted
   * beside it: a change of keys makes the index anew from there.
   */
  blindIndex: (column: IndexedColumn, normalised: string) => string;
  /** What to look for, `IN` these: while ENCRYPTION_KEY changes, rows may still carry the hash of an earlier key. */
  blindIndexes: (column: IndexedColumn, normalised: string) => string[];
}

/** @param keys ENCRYPTION_KEY. @throws Error when it is not usable */
export const createBlindIndex = (keys: string): BlindIndex => {
  const ring = readKeyring(keys);
  const derived = new Map<string, Buffer>();
  const keyFor = (column: IndexedColumn, { id, key }: (typeof ring)[0]): Buffer => {
    const name = `${id}/${column}`;
    const known = derived.get(name) ?? deriveKey(key, `blind index ${column}`);
    // As many as there are indexed columns and keys.
    derived.set(name, known);
    return known;
  };
  const hash = (column: IndexedColumn, value: string, from: (typeof ring)[0]): string =>
    `${from.id}.${createHmac('sha256', keyFor(column, from)).update(value).digest('hex')}`;
  return {
    blindIndex: (column, normalised) => hash(column, normalised, ring[0]),
    blindIndexes: (column, normalised) => ring.map((key) => hash(column, normalised, key)),
  };
};
