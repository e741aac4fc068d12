import type { Sharp, SharpOptions } from 'sharp';

type MakeSharp = (input: Uint8Array, options?: SharpOptions) => Sharp;

/** Decoders of the kinds that are taken. All others stay shut: vector graphics, documents and the like are not parsed at all. */
const DECODERS = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadHeifBuffer',
];

let loading: Promise<MakeSharp> | undefined;

/** The picture library, loaded when a worker needs it first; nodes never do. One thread a picture, nothing kept. */
export const loadSharp = (): Promise<MakeSharp> => {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: DECODERS });
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
};
