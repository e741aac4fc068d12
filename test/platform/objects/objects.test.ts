import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderStore } from '../../../src/platform/objects/folder-store.ts';
import { objectSettings } from '../../../src/platform/objects/object-settings.ts';
import { createObjects, type Objects } from '../../../src/platform/objects/objects.ts';
import { createS3Store } from '../../../src/platform/objects/s3-store.ts';
import { type S3Server, startS3Server } from '../../support/s3-server.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let server: S3Server;
let folder: string;
const stores = new Map<string, Objects>();

beforeAll(async () => {
  server = await startS3Server();
  folder = scratchFolder();
  stores.set('a folder', createFolderStore(folder));
  stores.set('a bucket', createObjects(objectSettings({ OBJECT_STORE_URL: server.url }, '/nowhere')));
});

afterAll(() => server?.close());

describe.each(['a folder', 'a bucket'])('%s', (kind) => {
  const store = (): Objects => {
    const found = stores.get(kind);
    if (!found) throw new Error(`no store ${kind}`);
    return found;
  };

  test('gives what was put, the latest of it, until it is deleted', async () => {
    const [first, second] = [randomBytes(70_000), randomBytes(10)];
    const name = 'pictures/0a1b/960.webp';
    expect([await store().get(name), await store().has(name)]).toEqual([null, false]);
    await store().put(name, first, 'image/webp');
    expect(Buffer.from((await store().get(name)) ?? []).equals(first)).toBe(true);
    await store().put(name, second, 'image/webp');
    expect([Buffer.from((await store().get(name)) ?? []), await store().has(name)]).toEqual([second, true]);
    await store().delete(name);
    await store().delete(name);
    expect([await store().get(name), await store().has(name)]).toEqual([null, false]);
  });

  test('shows readers the whole of one version while others are put', async () => {
    const name = 'incoming/ffff';
    const versions = [randomBytes(200_000), randomBytes(200_000)];
    await store().put(name, versions[0] ?? Buffer.alloc(0), 'image/png');
    const writing = Array.from({ length: 10 }, (_, turn) =>
      store().put(name, versions[turn % 2] ?? Buffer.alloc(0), 'image/png'),
    );
    const reading = Array.from({ length: 20 }, async () => Buffer.from((await store().get(name)) ?? []));
    await Promise.all(writing);
    for (const seen of await Promise.all(reading)) expect(versions.some((each) => each.equals(seen))).toBe(true);
  });

  test.each([
    '../../etc/passwd',
    'pictures/../../etc/passwd',
    '/etc/passwd',
    'pictures//a',
    'pictures',
    'pictures/a\0',
    'pictures/%2e%2e',
    'Pictures/a',
    'pictures/a.b.c',
    `pictures/${'a'.repeat(300)}`,
    '',
  ])('knows no name such as %j', async (name) => {
    await expect((async () => store().put(name, Buffer.from('x'), 'text/plain'))()).rejects.toThrow(/no such name/);
    await expect((async () => store().get(name))()).rejects.toThrow(/no such name/);
    await expect((async () => store().delete(name))()).rejects.toThrow(/no such name/);
  });
});

describe('a folder', () => {
  test('keeps no unfinished file', () => {
    const unfinished = join(folder, 'unfinished');
    expect(existsSync(unfinished) ? readdirSync(unfinished) : []).toEqual([]);
  });
});

describe('a bucket', () => {
  test('keeps the type and answers failures as errors, then goes on', async () => {
    const store = createObjects(objectSettings({ OBJECT_STORE_URL: server.url }, '/nowhere'));
    await store.put('pictures/aa/320.webp', Buffer.from('x'), 'image/webp');
    expect(server.objects.get('pictures/aa/320.webp')?.contentType).toBe('image/webp');
    for (const ask of [store.get, store.has, store.delete]) {
      server.failNext(1);
      await expect(ask('pictures/aa/320.webp')).rejects.toThrow(/503/);
    }
    expect(await store.has('pictures/aa/320.webp')).toBe(true);
  });

  test('is closed to another secret', async () => {
    const url = server.url.replace(/:[^:@]+@/, ':another@');
    const store = createObjects(objectSettings({ OBJECT_STORE_URL: url }, '/nowhere'));
    await expect(store.put('incoming/bb', Buffer.from('x'), 'image/png')).rejects.toThrow(/403/);
    await expect(store.get('incoming/bb')).rejects.toThrow(/403/);
  });

  test('that does not answer is given up', async () => {
    const silent = await startS3Server();
    silent.hang();
    const settings = objectSettings({ OBJECT_STORE_URL: silent.url }, '/nowhere');
    if (settings.kind !== 's3') throw new Error('this is a bucket');
    await expect(createS3Store(settings, 200).get('incoming/aa')).rejects.toThrow(/timeout|aborted/i);
    silent.close();
  });

  test('that is not there is no absent object', async () => {
    const url = server.url.replace('/rally-test', '/another-one');
    const store = createObjects(objectSettings({ OBJECT_STORE_URL: url }, '/nowhere'));
    await expect(store.put('incoming/cc', Buffer.from('x'), 'image/png')).rejects.toThrow(/no such bucket/);
  });
});

describe('OBJECT_STORE_URL', () => {
  const read = (url?: string) => objectSettings(url === undefined ? {} : { OBJECT_STORE_URL: url }, '/data');

  test('is a folder of the data directory unless it is given', () => {
    expect(read()).toEqual({ kind: 'folder', folder: '/data/objects' });
    expect(read('file:///srv/rally/objects')).toEqual({ kind: 'folder', folder: '/srv/rally/objects' });
    expect(read('s3://k:s%2F@minio:9000/pictures?tls=false')).toEqual({
      kind: 's3',
      url: 'http://minio:9000/pictures',
      accessKeyId: 'k',
      secretAccessKey: 's/',
      region: 'us-east-1',
    });
  });

  test.each([
    'somewhere',
    'http://host/bucket',
    'file://host/folder',
    'file:///',
    's3://host/bucket',
    's3://key:hush@host',
    's3://key:hush@host/bucket/folder',
    's3://key:hush@host/bucket?tls=maybe',
  ])('may not be %s, and the refusal tells no secret', (url) => {
    expect(() => read(url)).toThrow(/OBJECT_STORE_URL/);
    expect(() => read(url)).not.toThrow(/hush/);
  });
});
