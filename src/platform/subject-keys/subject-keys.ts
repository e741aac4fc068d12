import { randomBytes } from 'node:crypto';
import { AppError } from '../../kernel/errors.ts';
import { decrypt, encrypt } from '../aes-gcm.ts';
import { newId } from '../ids.ts';
import type { Sealing } from '../sealing.ts';
import { type BlindIndex, createBlindIndex } from './blind-index.ts';
import { createTimedCache } from './key-cache.ts';
import {
  destroyKeys,
  findKey,
  holdKey,
  insertFirstKey,
  isGone,
  type KeyRow,
  lockKeys,
  newestKeys,
  type Reader,
  type Writer,
} from './key-rows.ts';
import type { RawWriter } from './stale-fields.ts';
import { clearBlindIndexes } from './traces.ts';

/** Where a ciphertext lies; it opens nowhere else. */
export interface Place {
  table: string;
  column: string;
  /** The row's primary key. */
  rowId: string;
}

/** A person's data key, opened. */
export interface DataKey {
  id: string;
  key: Buffer;
}

/** Encryption of one person's data with their own key. */
export interface SubjectKeys extends BlindIndex {
  /**
   * Encrypts with the person's key, made on first use: `{key id}.{base64}`. Takes one query; in a transaction the key
   * cannot be destroyed before it ends.
   * @throws GONE when the person was erased or does not exist
   */
  encryptFor: (tx: Writer, userId: string, place: Place, plaintext: string) => Promise<string>;
  /**
   * Decrypts; null when the key was destroyed, or went with its person. Keys are remembered for a minute, so most calls take no query.
   * @throws Error when it was made for another person or place, or was changed
   */
  decryptFor: (reader: Reader, userId: string, place: Place, ciphertext: string) => Promise<string | null>;
  /**
   * The keys that encrypt these people's data now, made on first use and remembered for a minute; absent for who does not
   * exist. For what is written all the time and may be lost with an erasure that happens meanwhile: the audit.
   */
  keysOf: (tx: Writer, userIds: readonly string[]) => Promise<Map<string, DataKey | 'erased'>>;
  /**
   * Destroys the person's keys for good: nothing encrypted with them, anywhere, can be read again, and nothing new is
   * encrypted for them. The blind indexes of what was theirs go too. Other processes may still read what they have just read for up to a minute.
   */
  eraseSubject: (tx: Writer & RawWriter, userId: string) => Promise<void>;
}

/** Keys that one process holds open, and for how long after they were read. */
const CACHE = { limit: 10_000, ttlMs: 60_000 };
const KEY_BYTES = 32;

/** @param keys ENCRYPTION_KEY. @throws Error when it is not usable */
export const createSubjectKeys = (keys: string, sealing: Sealing): SubjectKeys => {
  const opened = createTimedCache<Buffer>(CACHE);
  const current = createTimedCache<DataKey>(CACHE);

  const open = (userId: string, { id, wrappedKey }: KeyRow): DataKey | null =>
    wrappedKey === null ? null : { id, key: unwrapKey(sealing, { id, userId }, wrappedKey) };

  const readKeys = async (tx: Writer, userIds: string[]): Promise<Map<string, DataKey | 'erased'>> => {
    const rows = await newestKeys(tx, userIds);
    const found = new Map<string, KeyRow>(rows.map((row) => [row.userId, row]));
    for (const userId of userIds) {
      const made = found.has(userId) ? null : await makeKey(tx, userId, sealing);
      if (made) found.set(userId, made);
    }
    return new Map(
      [...found].map(([userId, row]) => {
        const key = open(userId, row);
        // A key whose transaction may still roll back would leave ciphertext that nothing opens.
        if (key && row.isSettled) current.set(userId, key);
        return [userId, key ?? 'erased'];
      }),
    );
  };

  return {
    ...createBlindIndex(keys),
    encryptFor: async (tx, userId, place, plaintext) => {
      const row = (await holdKey(tx, userId)) ?? (await makeKey(tx, userId, sealing));
      const key = row && open(userId, row);
      if (!key) throw new AppError('GONE', 'This person’s data was erased.');
      return encryptWith(key, place, plaintext);
    },
    decryptFor: async (reader, userId, place, ciphertext) => {
      const { keyId, bytes } = parseCiphertext(ciphertext);
      const name = `${userId}/${keyId}`;
      let key = opened.get(name);
      if (!key) {
        const row = await findKey(reader, userId, keyId);
        if (!row && !(await isGone(reader, userId))) {
          throw new Error(`${contextOf(place)} was encrypted with a key of somebody else`);
        }
        key = row ? open(userId, row)?.key : undefined;
        if (!key) return null;
        opened.set(name, key);
      }
      return decrypt(key, bytes, contextOf(place)).toString('utf8');
    },
    keysOf: async (tx, userIds) => {
      const known = new Map<string, DataKey | 'erased'>();
      for (const userId of userIds) {
        const key = current.get(userId);
        if (key) known.set(userId, key);
      }
      // In one order, so that two transactions that make keys for the same people wait and do not deadlock.
      const unknown = [...new Set(userIds)].filter((userId) => !known.has(userId)).sort();
      return unknown.length === 0 ? known : new Map([...known, ...(await readKeys(tx, unknown))]);
    },
    eraseSubject: async (tx, userId) => {
      await lockKeys(tx, userId, true);
      await destroyKeys(tx, userId);
      await clearBlindIndexes(tx, userId);
      current.delete(userId);
    },
  };
};

/** The wrapped form of a data key, as it lies in `subject_keys`. */
export const wrapKey = (
  sealing: Sealing,
  { id, userId, key }: { id: string; userId: string; key: Buffer },
): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(sealing.seal(key.toString('base64'), `subject_keys/${userId}/${id}`)));

/** @throws Error when it was wrapped by a key that ENCRYPTION_KEY does not hold, or was changed or moved */
export const unwrapKey = (
  sealing: Sealing,
  { id, userId }: { id: string; userId: string },
  wrapped: Uint8Array,
): Buffer => Buffer.from(sealing.open(Buffer.from(wrapped).toString(), `subject_keys/${userId}/${id}`), 'base64');

/** A fresh data key. */
export const draftKey = (sealing: Sealing, userId: string) => {
  const id = newId();
  const key = randomBytes(KEY_BYTES);
  return { id, userId, key, wrappedKey: wrapKey(sealing, { id, userId, key }), wrappedBy: sealing.keyId };
};

/** Null when there is no such person. */
const makeKey = async (tx: Writer, userId: string, sealing: Sealing): Promise<KeyRow | null> => {
  const { id, wrappedKey, wrappedBy } = draftKey(sealing, userId);
  const isMade = await insertFirstKey(tx, { id, userId, wrappedKey, wrappedBy });
  return isMade ? { id, status: 'ACTIVE', wrappedKey, isSettled: false } : holdKey(tx, userId);
};

/** Encrypts with a key that is open already. */
export const encryptWith = ({ id, key }: DataKey, place: Place, plaintext: string): string =>
  `${id}.${encrypt(key, plaintext, contextOf(place)).toString('base64')}`;

/** A place as text, for what else is sealed to one. */
export const contextOf = ({ table, column, rowId }: Place): string => `${table}.${column}/${rowId}`;

const parseCiphertext = (ciphertext: string): { keyId: string; bytes: Buffer } => {
  const dot = ciphertext.indexOf('.');
  if (dot < 0) throw new Error('this is no ciphertext');
  return { keyId: ciphertext.slice(0, dot), bytes: Buffer.from(ciphertext.slice(dot + 1), 'base64') };
};
