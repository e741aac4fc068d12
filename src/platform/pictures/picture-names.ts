import { randomBytes } from 'node:crypto';
import { VARIANT_NAMES } from './picture-sizes.ts';

/** A name that nobody guesses, 160 random bits in hex. */
export const newStorageKey = (): string => randomBytes(20).toString('hex');

const STORAGE_KEY = /^[0-9a-f]{40}$/;

export const isStorageKey = (text: string): boolean => STORAGE_KEY.test(text);

/** The object that holds a file as it was uploaded, until it has been processed. */
export const incomingName = (storageKey: string): string => `incoming/${storageKey}`;

/** The object that holds a picture in one size. @param variant its name, see `variantsOf` */
export const pictureName = (storageKey: string, variant: number): string => `pictures/${storageKey}/${variant}.webp`;

/** Every object there may be of an uploaded file. */
export const allNames = (storageKey: string): string[] => [
  incomingName(storageKey),
  ...VARIANT_NAMES.map((variant) => pictureName(storageKey, variant)),
];
