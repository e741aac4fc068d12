import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsV4Signer } from 'aws4fetch';

/** A bucket that speaks as much of S3's HTTP as an object store needs, and checks every signature. */
export interface S3Server {
  /** For OBJECT_STORE_URL. */
  url: string;
  objects: Map<string, { bytes: Buffer; contentType: string }>;
  /** Requests that are answered 503 from now on, before the next is served. */
  failNext: (count: number) => void;
  /** Leaves requests without an answer until the server closes. */
  hang: () => void;
  requests: () => number;
  close: () => void;
}

const BUCKET = 'rally-test';
const KEY = { accessKeyId: 'AKTEST', secretAccessKey: 'not/so+secret' };

export const startS3Server = async (): Promise<S3Server> => {
  const objects: S3Server['objects'] = new Map();
  let [failing, requests, isHanging] = [0, 0, false];
  const server = createServer(async (request, response) => {
    requests += 1;
    const body = await readBody(request);
    if (isHanging) return;
    if (failing > 0) {
      failing -= 1;
      return void response.writeHead(503).end('SlowDown');
    }
    if (!(await isSigned(request, body))) return void response.writeHead(403).end('SignatureDoesNotMatch');
    serve(objects, { request, response, body });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const secret = encodeURIComponent(KEY.secretAccessKey);
  return {
    url: `s3://${KEY.accessKeyId}:${secret}@127.0.0.1:${port}/${BUCKET}?region=eu-central-1&tls=false`,
    objects,
    failNext: (count) => {
      failing = count;
    },
    hang: () => {
      isHanging = true;
    },
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Signs the same request again with the secret both know, and compares; the body's hash must be the body's. */
const isSigned = async (request: IncomingMessage, body: Buffer): Promise<boolean> => {
  const { authorization = '', 'x-amz-date': datetime = '', 'x-amz-content-sha256': digest = '' } = request.headers;
  const said = String(digest);
  const isBody = said === 'UNSIGNED-PAYLOAD' || said === createHash('sha256').update(body).digest('hex');
  if (request.method === 'PUT' && said === 'UNSIGNED-PAYLOAD') return false;
  const [, signedNames = ''] = /SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const headers = signedNames
    .split(';')
    .filter((name) => name !== 'host' && name !== 'x-amz-date')
    .map((name): [string, string] => [name, String(request.headers[name] ?? '')]);
  const signer = new AwsV4Signer({
    ...KEY,
    method: request.method ?? '',
    url: `http://${request.headers.host}${request.url}`,
    headers,
    region: 'eu-central-1',
    service: 's3',
    datetime: String(datetime),
  });
  return isBody && (await signer.authHeader()) === authorization;
};

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
}

const serve = (objects: S3Server['objects'], { request, response, body }: Exchange): void => {
  const [, bucket = '', ...rest] = (request.url ?? '').split('/');
  const name = rest.join('/');
  const found = objects.get(name);
  if (bucket !== BUCKET) return void response.writeHead(404).end('NoSuchBucket');
  if (request.method === 'PUT') {
    objects.set(name, { bytes: body, contentType: request.headers['content-type'] ?? '' });
    return void response.writeHead(200).end();
  }
  if (request.method === 'DELETE') {
    objects.delete(name);
    return void response.writeHead(204).end();
  }
  if (!found) return void response.writeHead(404).end(request.method === 'HEAD' ? undefined : 'NoSuchKey');
  response.writeHead(200, { 'content-type': found.contentType, 'content-length': found.bytes.length });
  response.end(request.method === 'HEAD' ? undefined : found.bytes);
};
