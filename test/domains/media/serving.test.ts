import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { http, type Person, register } from '../../support/people.ts';
import { until } from '../../support/until.ts';
import { type MediaAnswer, type MediaWorld, openMediaWorld, type PictureAnswer } from './media-world.ts';
import { plain } from './pictures.ts';

let world: MediaWorld;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  world = await openMediaWorld();
  [ann, bob] = await Promise.all([register(world.url), register(world.url)]);
});

afterAll(() => world?.close());

const upload = async (): Promise<MediaAnswer> => world.upload(ann, await plain(1_000, 500), { mimeType: 'image/png' });
const firstUrl = ({ picture }: { picture: PictureAnswer | null }): string => picture?.sources[0]?.url ?? '';

describe('an address', () => {
  test('opens the picture for anybody, to be kept for as long as it is good, and never run', async () => {
    const url = firstUrl(await upload());
    const response = await fetch(url);
    expect(response.status).toBe(200);
    const { headers } = response;
    expect(headers.get('content-type')).toBe('image/webp');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const [, maxAge] = /^public, max-age=(\d+), immutable$/.exec(headers.get('cache-control') ?? '') ?? [];
    const goodFor = Number(new URL(url).searchParams.get('expires')) - Date.now() / 1_000;
    expect(Math.abs(Number(maxAge) - goodFor)).toBeLessThan(5);
    expect(goodFor).toBeGreaterThan(24 * 3_600 - 5);
    expect(goodFor).toBeLessThanOrEqual(48 * 3_600);
    const again = await fetch(url, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  test('is the same whenever it is asked for on one day', async () => {
    const media = await upload();
    expect((await world.get(ann, media.id)).picture).toEqual(media.picture);
  });

  test('that was changed in any way opens nothing, and every failure looks the same', async () => {
    const url = new URL(firstUrl(await upload()));
    const bodies = new Set<string>();
    const refused = async (change: (changed: URL) => void) => {
      const changed = new URL(url);
      change(changed);
      const response = await fetch(changed);
      expect({ status: response.status, changed: changed.href }).toMatchObject({ status: 404 });
      bodies.add(await response.text());
    };
    const setting = (name: string, value: string) => (changed: URL) => changed.searchParams.set(name, value);
    await refused(setting('expires', String(Number(url.searchParams.get('expires')) + 86_400)));
    await refused(setting('expires', '1600000000'));
    await refused(setting('expires', 'never'));
    await refused(setting('signature', 'AAAA'));
    // The same address in other spellings.
    await refused((changed) => {
      changed.search += '!!!';
    });
    await refused((changed) => {
      changed.search += '&more=1';
    });
    await refused((changed) => {
      changed.search = `?signature=${url.searchParams.get('signature')}&expires=${url.searchParams.get('expires')}`;
    });
    await refused((changed) => {
      changed.pathname = changed.pathname.replace('320.webp', '0320.webp');
    });
    await refused((changed) => {
      changed.pathname = changed.pathname.replace('320.webp', '%3320.webp');
    });
    await refused(setting('signature', `${url.searchParams.get('signature')}A`.slice(1)));
    await refused((changed) => changed.searchParams.delete('signature'));
    await refused((changed) => {
      changed.pathname = changed.pathname.replace('320.webp', '960.webp');
    });
    await refused((changed) => {
      changed.pathname = changed.pathname.replace(/files\/../, 'files/00');
    });
    await refused((changed) => {
      changed.pathname = changed.pathname.replace('320.webp', '..%2f..%2fetc%2fpasswd');
    });
    expect(bodies.size).toBe(1);
  });

  test('opens nothing once the picture is deleted, though it was kept; a second deletion finds nothing', async () => {
    const media = await upload();
    const url = firstUrl(media);
    const tag = (await fetch(url)).headers.get('etag') ?? '';
    const remove = () => http(`${world.url}/v1/media/${media.id}`, { token: ann.token, method: 'DELETE' });
    expect(await remove()).toMatchObject({ status: 200, body: { mediaId: media.id } });
    await until(async () => (await fetch(url)).status === 404, { withinMs: 30_000, what: 'the end of the bytes' });
    expect((await fetch(url, { headers: { 'if-none-match': tag } })).status).toBe(404);
    expect(await remove()).toMatchObject({ status: 404 });
    const storageKey = /files\/([0-9a-f]+)/.exec(url)?.[1] ?? 'none';
    await until(() => !world.stored().some((name) => name.includes(storageKey)), {
      withinMs: 30_000,
      what: 'the last file',
    });
  });
});

interface EventAnswer {
  id: string;
  coverAssetId: string | null;
  cover: PictureAnswer | null;
}

describe('the cover of an event', () => {
  const DATES = { startDate: '2099-02-03T18:00:00.000Z', endDate: '2099-02-03T21:00:00.000Z' };
  const makeEvent = async (visibility: string): Promise<EventAnswer> => {
    const body = { title: 'Lantern walk', description: 'We walk.', ...DATES, visibility, status: 'PUBLISHED' };
    return (await http(`${world.url}/v1/events`, { token: ann.token, body })).body as unknown as EventAnswer;
  };
  const setCover = (eventId: string, assetId: string | null, by = ann) =>
    http(`${world.url}/v1/events/${eventId}/cover`, { token: by.token, method: 'PUT', body: { assetId } });
  const getEvent = async (eventId: string, token?: string) =>
    http(`${world.url}/v1/events/${eventId}`, token === undefined ? {} : { token });

  test('is shown to whoever sees the event, wherever it is listed', async () => {
    const [event, media] = [await makeEvent('PUBLIC'), await upload()];
    expect(event.cover).toBeNull();
    expect((await setCover(event.id, media.id)).body).toMatchObject({ coverAssetId: media.id, cover: media.picture });
    expect((await getEvent(event.id)).body.cover).toEqual(media.picture);
    const own = await http(`${world.url}/v1/me/events`, { token: ann.token });
    expect((own.body.items as EventAnswer[]).find(({ id }) => id === event.id)?.cover).toEqual(media.picture);
    const found = await http(`${world.url}/v1/events?words=lantern`, { token: bob.token });
    expect((found.body.items as EventAnswer[]).find(({ id }) => id === event.id)?.cover).toEqual(media.picture);
    await http(`${world.url}/v1/me/saved-events/${event.id}`, { token: bob.token, method: 'PUT', body: {} });
    const saved = await http(`${world.url}/v1/me/saved-events`, { token: bob.token });
    expect((saved.body.items as { event: EventAnswer }[])[0]?.event.cover).toEqual(media.picture);
  });

  test('of a private event is shown to nobody else', async () => {
    const [event, media] = [await makeEvent('PRIVATE'), await upload()];
    await setCover(event.id, media.id);
    expect((await getEvent(event.id, ann.token)).body.cover).toEqual(media.picture);
    expect((await getEvent(event.id, bob.token)).status).toBe(404);
  });

  test('may be no picture of somebody else’s, and none that is not there yet', async () => {
    const event = await makeEvent('PUBLIC');
    const file = await plain(10, 10);
    const foreign = await world.upload(bob, file, { mimeType: 'image/png' });
    expect((await setCover(event.id, foreign.id)).status).toBe(404);
    const unfinished = await world.create(ann, file, { mimeType: 'image/png' });
    expect(await setCover(event.id, unfinished)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });

  test('is none once the picture is deleted', async () => {
    const [event, media] = [await makeEvent('PUBLIC'), await upload()];
    await setCover(event.id, media.id);
    await http(`${world.url}/v1/media/${media.id}`, { token: ann.token, method: 'DELETE' });
    expect((await getEvent(event.id)).body).toMatchObject({ cover: null, coverAssetId: null });
  });
});

describe('the pictures of a profile', () => {
  const choose = (place: 'avatar' | 'cover', assetId: string | null, by = ann) =>
    http(`${world.url}/v1/me/${place}`, { token: by.token, method: 'PUT', body: { assetId } });
  const publicProfile = async (userId: string) => {
    const { body } = await http(`${world.url}/v1/profiles?userIds=${userId}`, { token: bob.token });
    return (body.items as { avatarUrl: string | null; cover: PictureAnswer | null }[])[0];
  };

  test('are shown to others, count as a part of it, and can be taken away', async () => {
    const media = await upload();
    const before = (await http(`${world.url}/v1/me`, { token: ann.token })).body.profile as Record<string, number>;
    const { status, body } = await choose('avatar', media.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ avatarUrl: firstUrl(media), cover: null });
    expect(Number(body.completionPercentage)).toBe(Number(before.completionPercentage) + 25);
    expect((await choose('cover', media.id)).body.cover).toEqual(media.picture);
    expect(await publicProfile(ann.id)).toMatchObject({ avatarUrl: firstUrl(media), cover: media.picture });
    expect((await fetch(firstUrl(media))).status).toBe(200);
    expect((await choose('avatar', null)).body).toMatchObject({ avatarUrl: null, cover: media.picture });
    expect(await publicProfile(ann.id)).toMatchObject({ avatarUrl: null });
  });

  test('are none once they are deleted, and the profile is filled in less', async () => {
    const media = await upload();
    const { body } = await choose('avatar', media.id);
    await http(`${world.url}/v1/media/${media.id}`, { token: ann.token, method: 'DELETE' });
    const me = async () => (await http(`${world.url}/v1/me`, { token: ann.token })).body.profile;
    expect(await me()).toMatchObject({ avatarUrl: null });
    const completionPercentage = Number(body.completionPercentage) - 25;
    await until(async () => {
      await pause(100);
      return ((await me()) as Record<string, unknown>).completionPercentage === completionPercentage;
    });
  });

  test('may not be somebody else’s', async () => {
    const media = await upload();
    expect((await choose('avatar', media.id, bob)).status).toBe(404);
  });
});
