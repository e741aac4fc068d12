import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPictureLinks } from '../../../src/platform/pictures/picture-links.ts';
import { newStorageKey } from '../../../src/platform/pictures/picture-names.ts';
import { largestSize, variantsOf } from '../../../src/platform/pictures/picture-sizes.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const newKey = () => randomBytes(32).toString('base64');

const read = (url: string) => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, storageKey = '', variant = ''] = /files\/([0-9a-f]+)\/(\d+)\.webp$/.exec(pathname) ?? [];
  const [expires, signature] = [searchParams.get('expires') ?? '', searchParams.get('signature') ?? ''];
  return { storageKey, variant: Number(variant), expires, signature };
};

describe('an address', () => {
  const times = fc.date({ min: new Date('2026-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });

  test('is good from the moment it is made for one to two days, and the same all day', () => {
    const links = createPictureLinks(newKey(), '');
    const storageKey = newStorageKey();
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 3 * DAY_MS }), (now, laterMs) => {
        const asked = read(links.link(storageKey, 960, now));
        const endsInMs = Number(asked.expires) * 1_000 - now.getTime();
        expect(endsInMs).toBeGreaterThan(DAY_MS);
        expect(endsInMs).toBeLessThanOrEqual(2 * DAY_MS);
        const later = new Date(now.getTime() + laterMs);
        expect(links.secondsLeft(asked, later) !== null).toBe(laterMs <= endsInMs - 1_000);
        const sameDay = Math.floor(later.getTime() / DAY_MS) === Math.floor(now.getTime() / DAY_MS);
        expect(links.link(storageKey, 960, later) === links.link(storageKey, 960, now)).toBe(sameDay);
      }),
    );
  });

  test('outlives a change of keys, and ends with the key that signed it', () => {
    const [first, second] = [newKey(), newKey()];
    const now = new Date();
    const old = read(createPictureLinks(first, '').link(newStorageKey(), 320, now));
    const changed = createPictureLinks(`${second},${first}`, '');
    expect(changed.secondsLeft(old, now)).not.toBeNull();
    expect(createPictureLinks(second, '').secondsLeft(old, now)).toBeNull();
    const fresh = read(changed.link(newStorageKey(), 320, now));
    expect(createPictureLinks(second, '').secondsLeft(fresh, now)).not.toBeNull();
  });

  test('is for one picture in one size', () => {
    const links = createPictureLinks(newKey(), 'https://rally.example');
    const now = new Date();
    const url = links.link(newStorageKey(), 320, now);
    expect(url.startsWith('https://rally.example/v1/media/files/')).toBe(true);
    const asked = read(url);
    expect(links.secondsLeft(asked, now)).not.toBeNull();
    expect(links.secondsLeft({ ...asked, variant: 960 }, now)).toBeNull();
    expect(links.secondsLeft({ ...asked, storageKey: newStorageKey() }, now)).toBeNull();
    expect(links.secondsLeft({ ...asked, expires: String(Number(asked.expires) + 1) }, now)).toBeNull();
    fc.assert(
      fc.property(fc.string(), fc.string(), (expires, signature) => {
        expect(links.secondsLeft({ ...asked, expires, signature }, now)).toBeNull();
      }),
    );
  });
});

test('sizes are never enlarged, keep the proportions, and come narrowest first', () => {
  const side = fc.integer({ min: 1, max: 60_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const largest = largestSize({ width, height });
      const variants = variantsOf(largest);
      expect(variants.at(-1)).toMatchObject(largest);
      expect(largest.width <= Math.min(width, 2_048) && largest.height <= Math.min(height, 4_096)).toBe(true);
      for (const each of variants) {
        expect(each.width >= 1 && each.height >= 1 && each.width <= width && each.height <= height).toBe(true);
        // Within the rounding of the narrower side.
        const scale = each.width / width;
        if (each.width > 1)
          expect(Math.abs(each.height - height * scale)).toBeLessThanOrEqual(1 + (height / width) * 1);
      }
      const widths = variants.map((each) => each.width);
      expect(widths).toEqual([...new Set(widths)].sort((a, b) => a - b));
    }),
  );
});
