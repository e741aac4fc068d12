import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What a process reads about the object store; a part of the environment. */
export const ObjectEnvironment = z.object({
  /**
   * Where uploaded files lie: `file:///srv/rally/objects`, a folder that all processes share, or
   * `s3://accessKey:secret@host:port/bucket?region=eu-central-1&tls=true`. A folder of the data directory without it.
   */
  OBJECT_STORE_URL: z.string().min(1).optional(),
});

export interface FolderSettings {
  kind: 'folder';
  folder: string;
}

export interface S3Settings {
  kind: 's3';
  /** Of the bucket, path style, without a slash at its end. */
  url: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

export type ObjectSettings = FolderSettings | S3Settings;

/** @throws Error naming the variable and what is wrong with it; it never repeats a secret */
export const objectSettings = (
  { OBJECT_STORE_URL: given }: z.output<typeof ObjectEnvironment>,
  dataDir: string,
): ObjectSettings => {
  if (given === undefined) return { kind: 'folder', folder: join(dataDir, 'objects') };
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.protocol === 'file:') return { kind: 'folder', folder: folderOf(url) };
  if (url?.protocol === 's3:') return s3Settings(url);
  throw wrong('must begin with file:/// or s3://');
};

const folderOf = (url: URL): string => {
  if (url.host !== '') throw wrong('must name a folder of this machine, file:///srv/rally/objects');
  const folder = fileURLToPath(url);
  if (!isAbsolute(folder) || folder === '/') throw wrong('must name a folder, file:///srv/rally/objects');
  return folder;
};

const BUCKET = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/;

const s3Settings = ({ host, pathname, username, password, searchParams }: URL): S3Settings => {
  const [, bucket] = BUCKET.exec(pathname) ?? [];
  if (host === '' || bucket === undefined) throw wrong('must name a host and one bucket, s3://key:secret@host/bucket');
  if (username === '' || password === '')
    throw wrong('must hold an access key and its secret, s3://key:secret@host/bucket');
  const tls = searchParams.get('tls') ?? 'true';
  if (tls !== 'true' && tls !== 'false') throw wrong('tls must be true or false');
  return {
    kind: 's3',
    url: `${tls === 'true' ? 'https' : 'http'}://${host}/${bucket}`,
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    region: searchParams.get('region') ?? 'us-east-1',
  };
};

const wrong = (reason: string): Error => new Error(`The configuration is not complete:\n  OBJECT_STORE_URL: ${reason}`);
