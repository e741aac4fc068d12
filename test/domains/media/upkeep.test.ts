import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Prisma } from '../../../src/generated/prisma/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import { incomingName, newStorageKey, pictureName } from '../../../src/platform/pictures/picture-names.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { type EventWorld, openEventWorld } from '../events/support/event-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let world: EventWorld;
let [ann, bob] = ['', ''];

beforeAll(async () => {
  world = await openEventWorld({ OBJECT_STORE_URL: `file://${scratchFolder()}` });
  [ann = '', bob = ''] = world.people;
});

afterAll(() => world?.close());

const ago = (ms: number): Date => new Date(Date.now() - ms);

/** A row as it was left by somebody, and the files it may have. */
const insert = async (
  fields: Partial<Prisma.MediaAssetUncheckedCreateInput>,
  files: 'none' | 'incoming' | 'picture',
) => {
  const [id, storageKey] = [newId(), newStorageKey()];
  const ready =
    fields.status === 'READY'
      ? {
          scanState: 'CLEAN' as const,
          sha256: 'a'.repeat(64),
          width: 10,
          height: 10,
          blurHash: 'L00000fQfQfQfQfQfQfQfQfQfQfQ',
        }
      : {};
  await world.database.mediaAsset.create({
    data: {
      ...{ id, storageKey, ownerId: ann, kind: 'IMAGE', purpose: 'COVER', mimeType: 'image/png', byteSize: 10n },
      ...ready,
      ...fields,
    },
  });
  const { objects } = world.platform;
  if (files === 'incoming') await objects.put(incomingName(storageKey), Buffer.from('x'), 'image/png');
  if (files === 'picture') {
    for (const name of [320, 960, 2_048])
      await objects.put(pictureName(storageKey, name), Buffer.from('x'), 'image/webp');
  }
  return { id, storageKey };
};

const find = (id: string) => world.database.mediaAsset.findUnique({ where: { id } });
const hasFiles = async (storageKey: string): Promise<boolean> => {
  const names = [incomingName(storageKey), ...[320, 960, 2_048].map((name) => pictureName(storageKey, name))];
  return (await Promise.all(names.map((name) => world.platform.objects.has(name)))).some(Boolean);
};
/** A pass that begins now, as if the last one had been a day ago. */
const tidy = async (): Promise<void> => {
  await world.database.$executeRaw`DELETE FROM background_jobs WHERE name = 'media.tidy'`;
  await world.runJob('media.tidy');
};

test('an upload whose bytes never came is forgotten after a day, and one whose bytes are there is not', async () => {
  const old = await insert({ createdAt: ago(25 * HOUR_MS) }, 'none');
  const young = await insert({ createdAt: ago(23 * HOUR_MS) }, 'none');
  const arrived = await insert({ createdAt: ago(25 * HOUR_MS) }, 'incoming');
  await world.runJob('media.sweep');
  expect((await find(old.id))?.status ?? 'DELETED').toBe('DELETED');
  expect((await find(young.id))?.status).toBe('UPLOADING');
  expect((await find(arrived.id))?.status).toBe('UPLOADING');
  expect(await hasFiles(arrived.storageKey)).toBe(true);
});

test('the bytes of what was deleted go, and then the row', async () => {
  const gone = await insert({ status: 'DELETED', deletedAt: ago(5 * 60_000) }, 'picture');
  await world.runJob('media.sweep');
  expect(await find(gone.id)).toBeNull();
  expect(await hasFiles(gone.storageKey)).toBe(false);
});

test('an upload that a dying worker left beside its picture goes', async () => {
  const left = await insert({ status: 'READY', attempts: 1, scannedAt: ago(5 * 60_000) }, 'incoming');
  await world.runJob('media.sweep');
  expect(await find(left.id)).toMatchObject({ status: 'READY', attempts: 0 });
  expect(await hasFiles(left.storageKey)).toBe(false);
});

test('a picture that nothing shows goes a week after that was first seen; what is shown stays', async () => {
  const [unused, shown, once] = await Promise.all([1, 2, 3].map(() => insert({ status: 'READY' }, 'picture')));
  await world.database.profile.update({ where: { userId: ann }, data: { avatarAssetId: shown?.id ?? '' } });
  await tidy();
  expect((await find(unused?.id ?? ''))?.unattachedAt).not.toBeNull();
  expect((await find(shown?.id ?? ''))?.unattachedAt).toBeNull();

  const ids = [unused?.id ?? '', once?.id ?? ''];
  await world.database.mediaAsset.updateMany({ where: { id: { in: ids } }, data: { unattachedAt: ago(8 * DAY_MS) } });
  await world.database.profile.update({ where: { userId: ann }, data: { coverAssetId: once?.id ?? '' } });
  await tidy();
  expect((await find(unused?.id ?? ''))?.status).toBe('DELETED');
  expect(await find(once?.id ?? '')).toMatchObject({ status: 'READY', unattachedAt: null });

  await world.database.profile.update({ where: { userId: ann }, data: { coverAssetId: null } });
  await tidy();
  const fresh = (await find(once?.id ?? ''))?.unattachedAt?.getTime() ?? 0;
  expect(Date.now() - fresh).toBeLessThan(HOUR_MS);
});

test('the pictures of an erased person go, whatever shows them', async () => {
  const own = await insert({ ownerId: bob, status: 'READY' }, 'picture');
  await world.database.profile.update({ where: { userId: bob }, data: { avatarAssetId: own.id } });
  await world.database.user.update({ where: { id: bob }, data: { erasedAt: new Date() } });
  await tidy();
  expect((await find(own.id))?.status).toBe('DELETED');
  await world.database.mediaAsset.update({ where: { id: own.id }, data: { deletedAt: ago(HOUR_MS) } });
  await world.runJob('media.sweep');
  expect([await find(own.id), await hasFiles(own.storageKey)]).toEqual([null, false]);
  const profile = await world.database.profile.findUnique({ where: { userId: bob } });
  expect(profile?.avatarAssetId).toBeNull();
});

test('deleting takes a picture away from everything that shows it', async () => {
  const { id } = await insert({ ownerId: ann, status: 'READY' }, 'picture');
  const { id: chatId } = await world.database.chat.create({
    data: { id: newId(), kind: 'GROUP', title: 'x', createdBy: ann, avatarAssetId: id },
    select: { id: true },
  });
  await world.database.profile.update({ where: { userId: ann }, data: { coverAssetId: id } });
  const stories = [
    { kind: 'PHOTO', caption: null },
    { kind: 'TEXT', caption: 'words' },
  ] as const;
  for (const story of stories) {
    await world.database.story.create({ data: { ...story, id: newId(), authorId: ann, mediaAssetId: id } });
  }
  await world.ask(ann, 'media.delete', { mediaId: id });
  await world.settle();
  // Its row may have had to wait for the stories to let go of it.
  await world.database.mediaAsset.updateMany({ where: { id }, data: { deletedAt: ago(HOUR_MS) } });
  await world.runJob('media.sweep');
  expect(await find(id)).toBeNull();
  expect((await world.database.chat.findUnique({ where: { id: chatId } }))?.avatarAssetId).toBeNull();
  const left = await world.database.story.findMany({ where: { authorId: ann } });
  expect(left.map(({ kind, caption, mediaAssetId }) => ({ kind, caption, mediaAssetId }))).toEqual([
    { kind: 'TEXT', caption: 'words', mediaAssetId: null },
  ]);
});

test('a document that a verification stands on cannot be deleted', async () => {
  const { id } = await insert({ ownerId: ann, purpose: 'IDENTITY_DOCUMENT' }, 'none');
  await world.database.verification.create({
    data: { id: newId(), userId: ann, kind: 'IDENTITY', method: 'DOCUMENT', documentAssetId: id },
  });
  const answer = await world.call(ann, 'media.delete', { mediaId: id });
  expect(answer).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect((await find(id))?.status).toBe('UPLOADING');
});

test('nobody stores more than a gigabyte', async () => {
  const carl = world.people[2] ?? '';
  await insert({ ownerId: carl, status: 'READY', byteSize: BigInt(1_024 ** 3 - 500) }, 'none');
  const announce = (byteSize: number) =>
    world.call(carl, 'media.create', { purpose: 'POST', mimeType: 'image/png', byteSize });
  expect(await announce(501)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(await announce(500)).toMatchObject({ ok: true });
});

test('announcements made at once do not slip past the bound', async () => {
  const dora = world.people[3] ?? '';
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      world.call(dora, 'media.create', { purpose: 'POST', mimeType: 'image/png', byteSize: 5 }),
    ),
  );
  expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(20);
  const unfinished = await world.database.mediaAsset.count({ where: { ownerId: dora, status: 'UPLOADING' } });
  expect(unfinished).toBe(answers.filter(({ ok }) => ok).length);
});
