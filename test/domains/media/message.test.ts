import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/kernel/execute.ts';
import { type Database, openDatabase } from '../../../src/platform/db/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import { ask, call, connect, http, type Person, register } from '../../support/people.ts';
import { until } from '../../support/until.ts';
import { type MediaWorld, openMediaWorld, type PictureAnswer } from './media-world.ts';
import { plain } from './pictures.ts';

interface Message {
  id: string;
  seq: number;
  body: string;
  media?: PictureAnswer[];
  deletedAt?: string;
}

interface Sent {
  id: string;
  seq: number;
  epoch: string;
  duplicate: boolean;
}

let world: MediaWorld;
let database: Database;
let [ann, bob]: Person[] = [];
let annSocket: Socket;
let bobSocket: Socket;
let annElsewhere: Socket;
let chatId = '';

beforeAll(async () => {
  world = await openMediaWorld({ nodes: 2, workers: 1 });
  database = openDatabase(world.databaseUrl, 2);
  const [one = '', two = ''] = world.cluster.nodes.map(({ url }) => url);
  [ann, bob] = await Promise.all([register(one), register(one)]);
  annSocket = connect(one, annOf());
  annElsewhere = connect(two, annOf());
  bobSocket = connect(two, bobOf());
  ({ id: chatId } = await ask<{ id: string }>(annSocket, 'chat.open', {
    ...{ kind: 'GROUP', title: 'Pictures', memberIds: [bobOf().id] },
  }));
}, 90_000);

afterAll(async () => {
  for (const socket of [annSocket, annElsewhere, bobSocket]) socket?.disconnect();
  await database?.$disconnect();
  await world?.close();
});

const known = (person: Person | undefined): Person => {
  if (!person) throw new Error('nobody was registered');
  return person;
};
const annOf = (): Person => known(ann);
const bobOf = (): Person => known(bob);

const upload = async (owner = annOf(), more = {}): Promise<string> => {
  const media = await world.upload(owner, await plain(400, 200), {
    ...{ purpose: 'MESSAGE', mimeType: 'image/png', altText: 'A plain field' },
    ...more,
  });
  expect(media.status).toBe('READY');
  return media.id;
};

const draft = (mediaIds: string[], body = '') => ({ chatId, clientId: newId(), body, mediaIds });
const send = (input: object): Promise<Sent> => ask<Sent>(annSocket, 'chat.send', input);

const history = async (socket = bobSocket): Promise<Message[]> =>
  (await ask<{ items: Message[] }>(socket, 'chat.history', { chatId, limit: 100 })).items;
const messageAt = async (seq: number): Promise<Message | undefined> =>
  (await history()).find((message) => message.seq === seq);

const stored = (seq: number) =>
  until(() => database.message.findUnique({ where: { chatId_seq: { chatId, seq: BigInt(seq) } } }), {
    what: 'the row of the message',
  });

/** Status of every address of the picture. */
const opens = (picture: PictureAnswer | undefined): Promise<number[]> =>
  Promise.all((picture?.sources ?? []).map(async ({ url }) => (await fetch(new URL(url, world.url))).status));

const isGone = (picture: PictureAnswer | undefined) =>
  until(async () => (await opens(picture)).every((status) => status === 404), { what: 'the end of the addresses' });

const refusalOf = (answer: Answer) =>
  answer.ok ? 'OK' : { code: answer.error.code, path: answer.error.issues?.[0]?.path };

describe('a message with pictures', () => {
  test('is heard on another node with addresses that open, and shown by the history before and after it is stored', async () => {
    const heard: { seq: number; data: { media?: PictureAnswer[] } }[] = [];
    bobSocket.on('room.entries', ({ entries }: { entries: typeof heard }) => heard.push(...entries));
    await ask(bobSocket, 'room.watch', { room: `chat:${chatId}` });
    const mediaIds = [await upload(), await upload()];
    const { seq } = await send(draft(mediaIds));

    const entry = await until(() => heard.find((each) => each.seq === seq), { what: 'the entry' });
    expect(entry.data.media?.map(({ id }) => id)).toEqual(mediaIds);
    expect(entry.data.media?.[0]).toMatchObject({ altText: 'A plain field', width: 400, height: 200 });
    expect(await opens(entry.data.media?.[0])).toEqual(entry.data.media?.[0]?.sources.map(() => 200));

    expect((await messageAt(seq))?.media?.map(({ id }) => id)).toEqual(mediaIds);
    await stored(seq);
    expect(await messageAt(seq)).toMatchObject({ body: '', media: entry.data.media });
    const rows = await database.mediaAsset.findMany({ where: { chatId, messageSeq: BigInt(seq) } });
    expect(rows.sort((a, b) => a.sortOrder - b.sortOrder).map(({ id }) => id)).toEqual(mediaIds);
    const { items } = await ask<{ items: { lastMessage: Message }[] }>(bobSocket, 'chat.list');
    expect(items[0]?.lastMessage.media).toEqual(entry.data.media);
  });

  test('holds ten of them, and is one message however often it is sent', async () => {
    const mediaIds = await Promise.all(Array.from({ length: 10 }, () => upload()));
    const input = draft(mediaIds, 'ten');
    const first = await send(input);
    const again = await ask<Sent>(annElsewhere, 'chat.send', input);
    expect(again).toEqual({ ...first, duplicate: true });
    await stored(first.seq);
    expect(await ask<Sent>(annElsewhere, 'chat.send', input)).toEqual({ ...first, duplicate: true });
    expect((await messageAt(first.seq))?.media?.map(({ id }) => id)).toEqual(mediaIds);

    // Whatever has become of its pictures since.
    await ask(annSocket, 'media.delete', { mediaId: mediaIds[3] });
    expect(await send(input)).toEqual({ ...first, duplicate: true });
    expect((await messageAt(first.seq))?.media?.map(({ id }) => id)).toEqual(mediaIds.toSpliced(3, 1));
  });

  test('says of its pictures what was said of them before it was sent, and nothing later', async () => {
    const mediaId = await upload(annOf(), { altText: null });
    const describing = (altText: string | null, who = annSocket) => call(who, 'media.describe', { mediaId, altText });
    expect(refusalOf(await describing('A stranger’s words', bobSocket))).toEqual({ code: 'NOT_FOUND' });
    expect(await describing('A boat at the quay')).toMatchObject({ ok: true, data: { altText: 'A boat at the quay' } });
    const { seq } = await send(draft([mediaId]));
    expect((await messageAt(seq))?.media?.[0]).toMatchObject({ altText: 'A boat at the quay' });
    await stored(seq);
    expect(refusalOf(await describing('Another boat'))).toEqual({ code: 'CONFLICT' });
    expect((await messageAt(seq))?.media?.[0]).toMatchObject({ altText: 'A boat at the quay' });
  });

  test('has its picture for itself: of two sent at once on two nodes one is refused', async () => {
    const mediaId = await upload();
    const answers = await Promise.all([
      call(annSocket, 'chat.send', draft([mediaId], 'here')),
      call(annElsewhere, 'chat.send', draft([mediaId], 'there')),
    ]);
    const outcomes = answers.map(refusalOf);
    expect(outcomes.filter((outcome) => outcome === 'OK')).toHaveLength(1);
    expect(outcomes).toContainEqual({ code: 'CONFLICT', path: 'mediaIds.0' });
    const [accepted] = answers.flatMap((answer) => (answer.ok ? [answer.data as Sent] : []));
    await stored(accepted?.seq ?? 0);
    const later = await call(annSocket, 'chat.send', draft([mediaId], 'later'));
    expect(refusalOf(later)).toEqual({ code: 'CONFLICT', path: 'mediaIds.0' });
    const showing = (await history()).filter(({ media = [] }) => media.some(({ id }) => id === mediaId));
    expect(showing.map(({ seq }) => seq)).toEqual([accepted?.seq]);
  });

  test('that is refused for one picture keeps none of the others', async () => {
    const [free, used] = [await upload(), await upload()];
    await send(draft([used]));
    const refused = await call(annElsewhere, 'chat.send', draft([free, used]));
    expect(refusalOf(refused)).toEqual({ code: 'CONFLICT', path: 'mediaIds.1' });
    expect(refusalOf(await call(annElsewhere, 'chat.send', draft([free])))).toBe('OK');
  });

  test('is refused in the same words for a picture of somebody else and for none at all', async () => {
    const own = await upload();
    const answers = await Promise.all(
      [await upload(bobOf()), newId()].map((wrong) => call(annSocket, 'chat.send', draft([own, wrong]))),
    );
    expect(answers.map(refusalOf)).toEqual(answers.map(() => ({ code: 'NOT_FOUND', path: 'mediaIds.1' })));
    expect(answers[0]).toEqual(answers[1]);
  });

  test('is refused for one whose bytes have not come, and for one that was uploaded for something else', async () => {
    const announced = await world.create(annOf(), await plain(10, 10), { purpose: 'MESSAGE', mimeType: 'image/png' });
    for (const mediaId of [announced, await upload(annOf(), { purpose: 'COVER' })]) {
      const refused = await call(annSocket, 'chat.send', draft([mediaId], 'words'));
      expect(refusalOf(refused)).toEqual({ code: 'CONFLICT', path: 'mediaIds.0' });
    }
  });
});

describe('deleting', () => {
  test('a message deletes its pictures, with their bytes', async () => {
    const mediaId = await upload();
    const { seq } = await send(draft([mediaId], 'to be regretted'));
    const [picture] = (await messageAt(seq))?.media ?? [];
    expect(await opens(picture)).toContain(200);
    await ask(annSocket, 'chat.delete', { chatId, seq });
    expect((await messageAt(seq))?.media).toBeUndefined();
    await isGone(picture);
    const { status } = await http(`${world.url}/v1/media/${mediaId}`, { token: annOf().token });
    expect(status).toBe(404);
  });

  test('by who looks after the chat does so too', async () => {
    const mediaId = await upload(bobOf());
    const { seq } = await ask<Sent>(bobSocket, 'chat.send', draft([mediaId]));
    await stored(seq);
    const [picture] = (await messageAt(seq))?.media ?? [];
    await ask(annSocket, 'chat.delete', { chatId, seq });
    await isGone(picture);
  });

  test('a picture takes it out of the message that shows it, whether that is stored or not', async () => {
    const [kept, gone] = [await upload(), await upload()];
    const { seq } = await send(draft([kept, gone]));
    const picture = (await messageAt(seq))?.media?.at(1);
    await ask(annSocket, 'media.delete', { mediaId: gone });
    expect((await messageAt(seq))?.media?.map(({ id }) => id)).toEqual([kept]);
    await isGone(picture);
    await stored(seq);
    expect((await messageAt(seq))?.media?.map(({ id }) => id)).toEqual([kept]);
  });
});

test('a worker that dies between a message and its row leaves nothing out', async () => {
  const mediaId = await upload();
  const [worker] = world.cluster.workers;
  await worker?.kill();
  const { seq } = await send(draft([mediaId], 'while nobody stores'));
  expect((await messageAt(seq))?.media?.map(({ id }) => id)).toEqual([mediaId]);
  expect(await database.mediaAsset.findUnique({ where: { id: mediaId } })).toMatchObject({ chatId: null });
  await worker?.restart();
  await stored(seq);
  expect(await database.mediaAsset.findUnique({ where: { id: mediaId } })).toMatchObject({
    ...{ chatId, messageSeq: BigInt(seq) },
  });
  expect((await messageAt(seq))?.media?.map(({ id }) => id)).toEqual([mediaId]);
});

test('a picture that is about to be tidied away is no longer taken', async () => {
  const DAY_MS = 86_400_000;
  const mediaId = await upload();
  const unseenFor = (days: number) =>
    database.mediaAsset.update({
      where: { id: mediaId },
      data: { unattachedAt: new Date(Date.now() - days * DAY_MS) },
    });
  await unseenFor(6.1);
  expect(refusalOf(await call(annSocket, 'chat.send', draft([mediaId])))).toEqual({
    ...{ code: 'NOT_FOUND', path: 'mediaIds.0' },
  });
  await unseenFor(5.9);
  const { seq } = await send(draft([mediaId]));
  await stored(seq);
  expect((await database.mediaAsset.findUnique({ where: { id: mediaId } }))?.unattachedAt).toBeNull();
});
