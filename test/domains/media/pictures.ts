import sharp from 'sharp';

/** A photograph as a phone makes it: taken sideways, with the place it was taken at. */
export const photograph = async (width = 1_200, height = 800): Promise<Buffer> => {
  const left = { create: { width: width / 2, height, channels: 3 as const, background: '#d02020' } };
  const red = await sharp(left).png().toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#2020d0' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withExif({
      IFD0: { Make: 'SecretCamera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '23/1 48/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '90/1 24/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
};

/** Noise does not compress: a file of some size. */
export const noise = (width: number, height: number): Promise<Buffer> =>
  sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
    .jpeg({ quality: 95 })
    .toBuffer();

export const plain = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#20a040' } })
    .png()
    .toBuffer();
