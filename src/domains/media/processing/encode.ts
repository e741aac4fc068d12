import { encode as encodeBlurHash } from 'blurhash';
import { type Variant, variantsOf } from '../../../platform/pictures/picture-sizes.ts';
import { type Pixels, TIMEOUT_SECONDS } from './decode.ts';
import { loadSharp } from './load-sharp.ts';

/** One size of a picture, as a file. */
export interface PictureFile extends Variant {
  bytes: Uint8Array;
}

const QUALITY = 80;

/** The picture in WebP in every size it is kept in, narrowest first. */
export const encode = async (pixels: Pixels): Promise<PictureFile[]> => {
  const files: PictureFile[] = [];
  // One after the other: each holds its pixels in memory.
  for (const variant of variantsOf(pixels)) files.push({ ...variant, bytes: await encodeOne(pixels, variant) });
  return files;
};

const encodeOne = async (pixels: Pixels, { width, height }: Variant): Promise<Uint8Array> =>
  (await open(pixels))
    .resize({ width, height, fit: 'fill' })
    .webp({ quality: QUALITY })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .toBuffer();

/** Sides of what a preview is computed from; more pixels show no more in it. */
const PREVIEW = 32;

/** A preview of some 30 characters, https://blurha.sh. */
export const blurHashOf = async (pixels: Pixels): Promise<string> => {
  const small = (await open(pixels)).resize(PREVIEW, PREVIEW, { fit: 'inside' }).ensureAlpha().raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  return encodeBlurHash(new Uint8ClampedArray(data), info.width, info.height, 4, 3);
};

const open = async ({ data, width, height, channels }: Pixels) =>
  (await loadSharp())(data, { raw: { width, height, channels } });
