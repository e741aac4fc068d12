import { randomBytes } from 'node:crypto';
import { createConnection } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, http, type Person, register } from '../../support/people.ts';
import { until } from '../../support/until.ts';
import { type MediaWorld, openMediaWorld, type PictureAnswer } from './media-world.ts';
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
const settled = (withinMs = 30_000) =>
  until(() => !world.stored().some((name) => /^(incoming|unfinished)/.test(name)), {
    withinMs,
    what: 'the end of the uploads',
  });

describe('a photograph', () => {
  test('becomes upright WebP that tells nothing of its maker, and the file itself is gone', async () => {
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
    await settled();
  });

  test('its owner is told on a live socket', async () => {
    const socket = connect(world.url, ann);
    const told = new Promise<{ mediaId: string; picture: PictureAnswer }>((resolve) => {
      socket.once('media.ready', resolve);
    });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    const media = await world.upload(ann, await photograph(400, 300));
    expect(await told).toEqual({ mediaId: media.id, picture: media.picture });
    socket.disconnect();
  });

  test('every kind that is taken is taken, of an animation the first frame', async () => {
    const picture = sharp(await plain(40, 30));
    const frames = await sharp({
      create: { width: 20, height: 40, channels: 3, background: '#123456', pageHeight: 20 },
    })
      .gif()
      .toBuffer();
    const files: [string, Buffer][] = [
      ['image/png', await picture.clone().png().toBuffer()],
      ['image/webp', await picture.clone().webp().toBuffer()],
      ['image/avif', await picture.clone().avif().toBuffer()],
      ['image/gif', frames],
    ];
    for (const [mimeType, file] of files) {
      const media = await world.upload(ann, file, { mimeType });
      expect(media, mimeType).toMatchObject({ status: 'READY' });
      if (mimeType === 'image/gif') expect(media.picture).toMatchObject({ width: 20, height: 20 });
    }
  });

  test('what it is is told by its bytes, not by the name it was announced under', async () => {
    const png = await plain(50, 50);
    for (const mimeType of ['image/jpeg', 'IMAGE/WEBP', 'image/jpg', 'image/pjpeg', 'image/png; charset=binary']) {
      expect(await world.upload(ann, png, { mimeType }), mimeType).toMatchObject({ status: 'READY' });
    }
  });

  test('in another colour space comes out in sRGB', async () => {
    const cmyk = await sharp(await plain(64, 64))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    const media = await world.upload(ann, cmyk);
    expect(media.status).toBe('READY');
    const { space, channels } = await sharp(await fetchBytes(media.picture?.sources[0]?.url ?? '')).metadata();
    expect({ space, channels }).toEqual({ space: 'srgb', channels: 3 });
  });

  test('of a strip keeps its proportions within bounds', async () => {
    const media = await world.upload(ann, await plain(6_000, 2), { mimeType: 'image/png' });
    expect(media.picture).toMatchObject({ width: 2_048, height: 1 });
    const tall = await world.upload(ann, await plain(2, 6_000), { mimeType: 'image/png' });
    expect(tall.picture).toMatchObject({ width: 1, height: 4_096 });
  });
});

describe('what is refused once it has been looked at', () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
  );
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  /** A megapixel image header and little else: 12,000 by 12,000 in some kilobytes. */
  const bomb = () =>
    sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
  const cut = async () => {
    const whole = await noise(600, 400);
    return whole.subarray(0, Math.floor(whole.length / 2));
  };
  const gif = Buffer.concat([Buffer.from('GIF89a'), randomBytes(500)]);
  const CASES: [string, string, () => Promise<Buffer>, string][] = [
    ['an SVG that calls itself a JPEG', 'image/jpeg', async () => svg, 'NOT_A_PICTURE'],
    ['a page that calls itself a PNG', 'image/png', async () => html, 'NOT_A_PICTURE'],
    ['random bytes', 'image/webp', async () => randomBytes(5_000), 'NOT_A_PICTURE'],
    ['a JPEG that was cut off', 'image/jpeg', cut, 'DAMAGED'],
    ['a GIF of noise', 'image/gif', async () => gif, 'DAMAGED'],
    ['a decompression bomb', 'image/png', bomb, 'TOO_MANY_PIXELS'],
  ];

  test.each(CASES)('%s', async (_what, mimeType, make, reason) => {
    const media = await world.upload(ann, await make(), { mimeType });
    expect(media).toMatchObject({ status: 'REJECTED', rejection: reason, picture: null });
    await settled();
    const answer = await world.put(ann, media.id, await make());
    expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });
});

describe('what is refused before', () => {
  const announce = (body: Record<string, unknown>, token = ann.token) =>
    http(`${world.url}/v1/media`, {
      token,
      body: { purpose: 'COVER', mimeType: 'image/png', byteSize: 100, ...body },
    });

  test('other kinds of files, naming those that are taken', async () => {
    const video = await announce({ mimeType: 'video/mp4' });
    expect(video).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    expect(video.body.detail).toMatch(/image\/jpeg.*image\/avif.*[Vv]ideos are not taken/);
    expect((await announce({ mimeType: 'image/svg+xml' })).body.detail).toMatch(/image\/jpeg/);
    expect(await announce({ byteSize: 10 * 1_024 * 1_024 + 1 })).toMatchObject({ status: 400 });
  });

  test('bytes of another number than announced, whether or not it is told beforehand', async () => {
    const file = await plain(30, 30);
    const longer = await world.create(ann, file.subarray(1), { mimeType: 'image/png' });
    expect(await world.put(ann, longer, file)).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } });
    const shorter = await world.create(ann, Buffer.concat([file, file]), { mimeType: 'image/png' });
    expect(await world.put(ann, shorter, file)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    const chunked = new ReadableStream({
      start: (controller) => {
        // Little more than announced: who sends on after the refusal may find the connection closed before reading it.
        controller.enqueue(new Uint8Array(file.length));
        controller.close();
      },
    });
    const response = await fetch(`${world.url}/v1/media/${longer}/content`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ann.token}` },
      body: chunked,
      // Node's fetch asks for `duplex` where a body is a stream; the types do not know it yet.
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect((await world.get(ann, longer)).status).toBe('UPLOADING');
  });

  test('bytes, looks and deletions by anybody but the owner, as if nothing were there', async () => {
    const file = await plain(30, 30);
    const mediaId = await world.create(ann, file, { mimeType: 'image/png' });
    expect(await world.put(bob, mediaId, file)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await world.put({ token: '' }, mediaId, file)).toMatchObject({ status: 401 });
    for (const method of ['GET', 'DELETE']) {
      expect(await http(`${world.url}/v1/media/${mediaId}`, { token: bob.token, method })).toMatchObject({
        status: 404,
      });
    }
    const own = await http(`${world.url}/v1/media`, { token: bob.token });
    expect(own.body.items).toEqual([]);
  });

  test('the 21st upload that is not finished', async () => {
    const carl = await register(world.url);
    for (let count = 0; count < 20; count += 1) expect((await announce({}, carl.token)).status).toBe(200);
    const answer = await announce({}, carl.token);
    expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(answer.body.detail).toMatch(/20 uploads/);
  });
});

test('bytes that are cut off leave nothing, and can be sent again', async () => {
  const file = await noise(200, 200);
  const mediaId = await world.create(ann, file);
  const { hostname, port } = new URL(world.url);
  const socket = createConnection(Number(port), hostname);
  socket.write(
    `PUT /v1/media/${mediaId}/content HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${ann.token}\r\n` +
      `Content-Length: ${file.length}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.write(file.subarray(0, 1_000), resolve));
  socket.destroy();
  expect((await world.get(ann, mediaId)).status).toBe('UPLOADING');
  expect(await world.put(ann, mediaId, file)).toMatchObject({ status: 200 });
  expect((await world.decided(ann, mediaId)).status).toBe('READY');
});

test('a crowd of uploads of which hardly a byte comes keeps nobody else from uploading', async () => {
  const announced = new Uint8Array(10 * 1_024 * 1_024);
  const crowd = await Promise.all(Array.from({ length: 7 }, () => register(world.url)));
  const { hostname, port } = new URL(world.url);
  const slow = await Promise.all(
    crowd.flatMap((person) =>
      [1, 2].map(async () => {
        const mediaId = await world.create(person, announced);
        const socket = createConnection(Number(port), hostname);
        socket.write(
          `PUT /v1/media/${mediaId}/content HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${person.token}\r\n` +
            `Content-Length: ${announced.length}\r\nExpect: 100-continue\r\n\r\n`,
        );
        // The server says so once it has the request.
        await new Promise((resolve) => socket.once('data', resolve));
        await new Promise((resolve) => socket.write('x', resolve));
        return socket;
      }),
    ),
  );
  expect(slow.length * announced.length).toBeGreaterThan(128 * 1_024 * 1_024);
  const large = randomBytes(9 * 1_024 * 1_024);
  expect(await world.put(bob, await world.create(bob, large), large)).toMatchObject({ status: 200 });
  expect(slow.filter(({ destroyed, bytesRead }) => destroyed || bytesRead > 100)).toEqual([]);
  for (const socket of slow) socket.destroy();
  await settled();
});

test('bytes that come twice make one picture; after that none are taken', async () => {
  const file = await noise(300, 200);
  const mediaId = await world.create(ann, file);
  const answers = await Promise.all([1, 2, 3].map(() => world.put(ann, mediaId, file)));
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  for (const { status } of answers) expect([200, 409]).toContain(status);
  expect((await world.decided(ann, mediaId)).status).toBe('READY');
  expect(await world.put(ann, mediaId, file)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  await settled();
  const names = world.stored();
  expect(new Set(names).size).toBe(names.length);
});

test('a crowd of uploads is worked off, every one of them', async () => {
  const people = await Promise.all([1, 2, 3].map(() => register(world.url)));
  const file = await photograph(1_600, 1_200);
  const sent = people.flatMap((person) => Array.from({ length: 5 }, () => person));
  const mediaIds = await Promise.all(
    sent.map(async (person) => {
      const mediaId = await world.create(person, file);
      expect(await world.put(person, mediaId, file)).toMatchObject({ status: 200 });
      return mediaId;
    }),
  );
  await settled(60_000);
  for (const [place, person] of sent.entries()) {
    expect((await world.get(person, mediaIds[place] ?? '')).status).toBe('READY');
  }
});

test('a small picture may come over the socket', async () => {
  const file = await plain(20, 20);
  const mediaId = await world.create(ann, file, { mimeType: 'image/png' });
  const socket = connect(world.url, ann);
  const answer = await socket.emitWithAck('media.upload', { mediaId, content: file.toString('base64') });
  expect(answer).toEqual({ ok: true, data: { mediaId } });
  socket.disconnect();
  expect((await world.decided(ann, mediaId)).status).toBe('READY');
});
