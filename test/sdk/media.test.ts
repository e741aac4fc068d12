import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient, RallyError } from '../../src/sdk/index.ts';
import { createMediaUploads } from '../../src/sdk/media.ts';
import { type MediaWorld, openMediaWorld } from '../domains/media/media-world.ts';
import { photograph, plain } from '../domains/media/pictures.ts';
import { register } from '../support/people.ts';

let world: MediaWorld;
let client: Client;

beforeAll(async () => {
  world = await openMediaWorld();
  client = createClient({ url: world.url });
  const names = { firstName: 'Some', lastName: 'One' };
  await client.register({ email: 'someone@example.org', username: 'someone', password: 'long enough', ...names });
  await client.online();
});

afterAll(async () => {
  client?.close();
  await world?.close();
});

test('a file becomes a picture that can be chosen', async () => {
  const file = new Blob([new Uint8Array(await photograph())], { type: 'image/jpeg' });
  const picture = await client.media.upload(file, { purpose: 'AVATAR', altText: 'Me' });
  expect(picture).toMatchObject({ width: 800, height: 1_200, altText: 'Me' });
  const { avatarUrl } = await client.call('profile.setAvatar', { assetId: picture.id });
  expect(avatarUrl).toBe(picture.sources[0]?.url);
  expect((await fetch(avatarUrl ?? '')).status).toBe(200);
});

test('bytes become one even when nothing is told on the socket', async () => {
  const { token } = await register(world.url);
  const deaf = createClient({ url: world.url, accessToken: token });
  await deaf.start();
  const session = { freshToken: async () => token };
  const media = createMediaUploads({ url: world.url, session, call: deaf.call, on: () => () => {} });
  const picture = await media.upload(await plain(30, 20), { purpose: 'COVER', mimeType: 'image/png' });
  expect(picture).toMatchObject({ width: 30, height: 20 });
  deaf.close();
});

test('what is refused says why, before and after it was sent', async () => {
  const video = client.media.upload(new Uint8Array(10), { purpose: 'COVER', mimeType: 'video/mp4' });
  await expect(video).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'mimeType' }] });
  const words = client.media.upload(Buffer.from('no picture'), { purpose: 'COVER', mimeType: 'image/png' });
  await expect(words).rejects.toBeInstanceOf(RallyError);
  await expect(words).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: 'file', message: 'NOT_A_PICTURE' }],
  });
});
