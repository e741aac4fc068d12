import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, readKeyring } from '../keyring.ts';
import { isStorageKey } from './picture-names.ts';

/** Addresses of stored pictures that are good for a while, for whoever holds them. */
export interface PictureLinks {
  /** The address of one size of a picture, the same all day (UTC), good until the end of the next one. */
  link: (storageKey: string, variant: number, now: Date) => string;
  /**
   * How long the address a request came with is still good, in whole seconds; null when it was not made here, was changed,
   * or is no longer good. Reads no database.
   */
  secondsLeft: (asked: AskedPicture, now: Date) => number | null;
  /** A path of this server as clients reach it: absolute where it is known where they do. */
  address: (path: string) => string;
}

/** What an address says. */
export interface AskedPicture {
  storageKey: string;
  variant: number;
  /** Seconds since 1970, as text. */
  expires: string;
  signature: string;
}

/** The path of an address, in the one spelling that is served. */
export const picturePath = ({ storageKey, variant, expires, signature }: AskedPicture): string =>
  `/v1/media/files/${storageKey}/${variant}.webp?expires=${expires}&signature=${signature}`;

const DAY_SECONDS = 86_400;
const EXPIRES = /^[1-9]\d{9}$/;

/**
 * @param keys ENCRYPTION_KEY: the newest signs, all verify, so that addresses outlive a change of keys
 * @param baseUrl where clients reach the server, without a slash at its end; empty when it is not known
 */
export const createPictureLinks = (keys: string, baseUrl: string): PictureLinks => {
  const [newest, ...older] = readKeyring(keys).map(({ key }) => deriveKey(key, 'picture links'));
  const address = (path: string): string => `${baseUrl}${path}`;
  return {
    address,
    link: (storageKey, variant, now) => {
      const expires = String(endOfTomorrow(now));
      const signature = sign(newest, `${storageKey}/${variant}/${expires}`).toString('base64url');
      return address(picturePath({ storageKey, variant, expires, signature }));
    },
    secondsLeft: ({ storageKey, variant, expires, signature }, now) => {
      if (!isStorageKey(storageKey) || !EXPIRES.test(expires)) return null;
      // As it was written and in no other spelling: caches keep an address each.
      const given = Buffer.from(signature, 'base64url');
      if (given.toString('base64url') !== signature) return null;
      const said = `${storageKey}/${variant}/${expires}`;
      if (![newest, ...older].some((key) => isSame(given, sign(key, said)))) return null;
      const left = Number(expires) - Math.ceil(now.getTime() / 1_000);
      return left > 0 ? left : null;
    },
  };
};

const endOfTomorrow = (now: Date): number => (Math.floor(now.getTime() / 1_000 / DAY_SECONDS) + 2) * DAY_SECONDS;

const sign = (key: Buffer | undefined, said: string): Buffer => {
  if (!key) throw new Error('ENCRYPTION_KEY holds no key');
  return createHmac('sha256', key).update(said).digest();
};

const isSame = (given: Buffer, expected: Buffer): boolean =>
  given.length === expected.length && timingSafeEqual(given, expected);
