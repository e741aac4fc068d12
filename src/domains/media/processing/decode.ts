import type { Metadata } from 'sharp';
import { largestSize, type Size } from '../../../platform/pictures/picture-sizes.ts';
import type { MimeType } from '../shapes/contract.ts';
import { loadSharp } from './load-sharp.ts';
import { Refused } from './refused.rules.ts';

/** Pixels before anything is made smaller: some 200 MB in memory. */
const MAX_PIXELS = 50_000_000;
/** Its decoder needs four times as much for each. */
const MAX_AVIF_PIXELS = 16_000_000;
export const TIMEOUT_SECONDS = 20;

/** Upright sRGB pixels and nothing else. */
export interface Pixels extends Size {
  data: Uint8Array;
  /** Three, or four with transparency. */
  channels: 3 | 4;
}

/**
 * Decodes a picture to its end, in the largest size that is kept, of an animation the first frame. Its bytes say what it is:
 * browsers announce a file by the ending of its name, which people cannot help.
 * @throws Refused
 */
export const decode = async (bytes: Uint8Array): Promise<Pixels> => {
  const sharp = await loadSharp();
  const options = { failOn: 'error', limitInputPixels: MAX_PIXELS, pages: 1 } as const;
  const about = await sharp(bytes, options).metadata().catch(refuseUnreadable);
  const mimeType = mimeTypeOf(about);
  if (mimeType === null) throw new Refused('NOT_A_PICTURE');
  const maxPixels = mimeType === 'image/avif' ? MAX_AVIF_PIXELS : MAX_PIXELS;
  if (about.width * about.height > maxPixels) throw new Refused('TOO_MANY_PIXELS');
  const size = largestSize(about.autoOrient);
  const { data, info } = await sharp(bytes, options)
    .autoOrient()
    .resize({ ...size, fit: 'fill' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .toBuffer({ resolveWithObject: true })
    .catch(refuseDamaged);
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new Error(`sRGB has no ${channels} channels`);
  return { data, width, height, channels };
};

const mimeTypeOf = ({ format, compression }: Metadata): MimeType | null => {
  if (format === 'heif') return compression === 'av1' ? 'image/avif' : null;
  return FORMATS.get(format) ?? null;
};

const FORMATS: ReadonlyMap<string, MimeType> = new Map([
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
  ['avif', 'image/avif'],
]);

const refuseUnreadable = (error: Error): never => {
  if (/exceeds pixel limit/.test(error.message)) throw new Refused('TOO_MANY_PIXELS');
  if (/unsupported image format/.test(error.message)) throw new Refused('NOT_A_PICTURE');
  throw new Refused('DAMAGED');
};

const refuseDamaged = (error: Error): never => {
  if (/exceeds pixel limit/.test(error.message)) throw new Refused('TOO_MANY_PIXELS');
  throw new Refused(/timeout/.test(error.message) ? 'TOO_COMPLEX' : 'DAMAGED');
};
