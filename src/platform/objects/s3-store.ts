import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { checkName } from './object-name.ts';
import type { S3Settings } from './object-settings.ts';
import type { Objects } from './objects.ts';

/** Ten megabytes over a slow line; what hangs for longer is as good as away. */
const TIMEOUT_MS = 30_000;

/**
 * Objects in a bucket of S3 or of what speaks like it. Requests are signed with AWS Signature Version 4 and never repeated
 * here: callers do, or their callers.
 * @param timeoutMs for one request
 */
export const createS3Store = (settings: S3Settings, timeoutMs = TIMEOUT_MS): Objects => {
  const { url, accessKeyId, secretAccessKey, region } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });

  const ask = async (method: string, name: string, init: RequestInit = {}): Promise<Response> => {
    const place = `${url}/${checkName(name)}`;
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await client.fetch(place, { ...init, method, signal });
    if (response.ok || response.status === 404) return response;
    const reason = (await response.text()).slice(0, 300);
    throw new Error(`the object store answered ${response.status} to ${method} ${name}: ${reason}`);
  };

  return {
    put: async (name, bytes, contentType) => {
      const digest = createHash('sha256').update(bytes).digest('hex');
      const headers = { 'content-type': contentType, 'x-amz-content-sha256': digest };
      // Safe: no bytes here are shared between threads.
      const body = bytes as Uint8Array<ArrayBuffer>;
      const response = await ask('PUT', name, { headers, body });
      await discard(response);
      if (!response.ok) throw new Error(`the object store has no such bucket: PUT ${name} was answered 404`);
    },
    get: async (name) => {
      const response = await ask('GET', name);
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      await discard(response);
      return null;
    },
    has: async (name) => {
      const response = await ask('HEAD', name);
      await discard(response);
      return response.ok;
    },
    delete: async (name) => discard(await ask('DELETE', name)),
  };
};

/** An answer that is not read keeps its connection. */
const discard = async (response: Response): Promise<void> => {
  await response.body?.cancel();
};
