import pg from 'pg';
import { expect, type TestContext, test } from 'vitest';
import { type Person, register } from '../../support/people.ts';
import { startS3Server } from '../../support/s3-server.ts';
import { until } from '../../support/until.ts';
import { type MediaWorld, openMediaWorld } from './media-world.ts';
import { noise, plain } from './pictures.ts';

// Each has servers of its own and mostly waits for what a dead worker held, so that they wait side by side; to start four
// clusters at once takes a slow machine its time.
const PATIENT = { timeout: 150_000 };
type Ending = Pick<TestContext, 'onTestFinished'>;

const open = async (
  { onTestFinished }: Ending,
  options: Parameters<typeof openMediaWorld>[0] = {},
): Promise<{ world: MediaWorld; ann: Person }> => {
  const world = await openMediaWorld(options);
  onTestFinished(() => world.close());
  return { world, ann: await register(world.url) };
};

const openSql = async ({ onTestFinished }: Ending, { databaseUrl }: MediaWorld): Promise<pg.Client> => {
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  onTestFinished(() => sql.end());
  return sql;
};

test.concurrent(
  'a worker killed while it processes leaves the picture to the next, which makes it once',
  PATIENT,
  async (ending) => {
    const { world, ann } = await open(ending);
    const sql = await openSql(ending, world);
    const file = await noise(2_400, 1_500);
    const mediaId = await world.create(ann, file);
    expect(await world.put(ann, mediaId, file)).toMatchObject({ status: 200 });
    await until(async () => {
      const { rows } = await sql.query('SELECT 1 FROM media_assets WHERE id = $1 AND attempts > 0', [mediaId]);
      return rows.length > 0;
    });
    await world.cluster.workers[0]?.kill();
    expect((await world.get(ann, mediaId)).status).toBe('UPLOADING');
    await world.cluster.workers[0]?.restart();
    const media = await world.decided(ann, mediaId);
    expect(media).toMatchObject({ status: 'READY', picture: { width: 2_048 } });
    await until(() => !world.stored().some((name) => name.startsWith('incoming/')), {
      withinMs: 30_000,
      what: 'the end of the upload',
    });
    expect(world.stored().filter((name) => name.startsWith('pictures/'))).toHaveLength(3);
    const { rows } = await sql.query('SELECT attempts FROM media_assets WHERE id = $1', [mediaId]);
    expect(rows).toEqual([{ attempts: 0 }]);
  },
);

test.concurrent('what kills its worker again and again is refused in the end', PATIENT, async (ending) => {
  const { world, ann } = await open(ending);
  const sql = await openSql(ending, world);
  const file = await plain(50, 50);
  const mediaId = await world.create(ann, file, { mimeType: 'image/png' });
  // As three workers left it that died of it.
  await sql.query('UPDATE media_assets SET attempts = 3 WHERE id = $1', [mediaId]);
  await world.put(ann, mediaId, file);
  expect(await world.decided(ann, mediaId)).toMatchObject({ status: 'REJECTED', rejection: 'TOO_COMPLEX' });
  await until(() => world.stored().length === 0, { withinMs: 30_000, what: 'the end of the upload' });
});

test.concurrent(
  'what was answered outlives the node that took it, and the loss of the queue',
  PATIENT,
  async (ending) => {
    const { world, ann } = await open(ending, { nodes: 2 });
    const sql = await openSql(ending, world);
    const [node, other] = world.cluster.nodes;
    await world.cluster.workers[0]?.kill();
    const file = await plain(60, 60);
    // Announced by hand: no worker runs.
    const mediaId = '01900000-0000-7000-8000-00000000abcd';
    await sql.query(
      `INSERT INTO media_assets (id, owner_id, kind, purpose, storage_key, mime_type, byte_size, created_at)
     VALUES ($1, $2, 'IMAGE', 'COVER', $3, 'image/png', $4, now() - interval '2 minutes')`,
      [mediaId, ann.id, 'ab'.repeat(20), file.length],
    );
    expect(await world.put(ann, mediaId, file)).toMatchObject({ status: 200 });
    await node?.kill();
    await world.loseJobs();
    await world.cluster.workers[0]?.restart();
    const media = await world.decided(ann, mediaId, other?.url);
    expect(media.picture).toMatchObject({ width: 60, height: 60 });
  },
);

test.concurrent(
  'with a bucket for a store all is the same; while it is away uploads are refused, and begun ones go on later',
  PATIENT,
  async (ending) => {
    const s3 = await startS3Server();
    ending.onTestFinished(() => s3.close());
    const { world, ann } = await open(ending, { environment: { OBJECT_STORE_URL: s3.url } });
    const file = await noise(1_000, 700);
    const media = await world.upload(ann, file);
    expect(media).toMatchObject({ status: 'READY', picture: { width: 1_000 } });
    const url = media.picture?.sources[0]?.url ?? '';
    const response = await fetch(url);
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
      status: 200,
      type: 'image/webp',
    });
    s3.failNext(1);
    expect((await fetch(url)).status).toBe(503);

    const mediaId = await world.create(ann, file);
    s3.failNext(1);
    const refused = await world.put(ann, mediaId, file);
    expect(refused).toMatchObject({ status: 503, body: { code: 'OVERLOADED', retryable: true } });
    await world.cluster.workers[0]?.kill();
    expect(await world.put(ann, mediaId, file)).toMatchObject({ status: 200 });
    s3.failNext(2);
    await world.cluster.workers[0]?.restart();
    expect(await world.decided(ann, mediaId)).toMatchObject({ status: 'READY' });
    await until(() => [...s3.objects.keys()].every((name) => name.startsWith('pictures/')));
  },
);
