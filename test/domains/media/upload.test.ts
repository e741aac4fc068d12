import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { http, type Person, register } from '../../support/people.ts';
import { until } from '../../support/until.ts';
import { type MediaWorld, openMediaWorld } from './media-world.ts';
import { noise, photograph, plain } from './pictures.ts';

let world: MediaWorld;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  world = await openMediaWorld();
  [ann, bob] = await Promise.all([register(world.url), register(world.url)]);
});

afterAll(() => world?.close());

const absolute = (url: string): string => new URL(url, world.url).href;
const fetchBytes = async (url: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(absolute(url))).arrayBuffer());

describe('a photograph', () => {
  test('becomes upright WebP in three sizes that tell nothing of its maker', async () => {
    const file = await photograph();
    expect(file.includes('SecretCamera')).toBe(true);
    const media = await world.upload(ann, file, { altText: 'A flag' });
    expect(media).toMatchObject({ status: 'READY', rejection: null });
    const { picture } = media;
    expect(picture).toMatchObject({ width: 800, height: 1_200, altText: 'A flag' });
    expect(picture?.blurHash.length).toBeGreaterThan(20);
    expect(picture?.sources.map(({ width, height }) => [width, height])).toEqual([
      [320, 480],
      [800, 1_200],
    ]);
    let total = 0;
    for (const source of picture?.sources ?? []) {
      const bytes = await fetchBytes(source.url);
      total += bytes.length;
      const { format, width, height, exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata();
      expect({ format, width, height }).toEqual({ format: 'webp', width: source.width, height: source.height });
      expect([exif, icc, xmp, iptc, orientation]).toEqual(Array(5).fill(undefined));
      expect(bytes.includes('SecretCamera') || bytes.includes('GPS')).toBe(false);
      // Turned by a quarter, what was left is above.
      const { data } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect(data[0]).toBeGreaterThan(180);
      expect(data[data.length - 3]).toBeLessThan(60);
    }
    expect(media.byteSize).toBe(total);
    await until(() => !world.stored().some((name) => /incoming|unfinished/.test(name)), {
      what: 'the end of the upload',
    });
  });
});
