import { createECDH, type ECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { importJWK, jwtVerify } from 'jose';
import type { PushSubscription } from '../../src/platform/push/pusher.ts';

/** The other side of RFC 8188, which a browser has built in; web-push brings it. */
const { decrypt } = createRequire(import.meta.resolve('web-push'))('http_ece') as {
  decrypt: (body: Buffer, how: { version: string; privateKey: ECDH; authSecret: string }) => Buffer;
};

/** A message as the browser read it. */
export interface PushedMessage {
  endpoint: string;
  topic: string | undefined;
  ttlSeconds: number;
  urgency: string | undefined;
  message: { id: string; type: string; title: string; message: string; data: Record<string, string> };
}

interface PushServiceAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A push service (RFC 8030) with the browsers that subscribe to it. */
export interface PushService {
  origin: string;
  /** A browser subscribes with the key that the server shows it: other senders are then refused. */
  subscribe: (applicationServerKey: string) => PushSubscription;
  /** Taken, in order. */
  taken: PushedMessage[];
  /** Answers to the next calls, before any is taken; then all are. */
  answers: PushServiceAnswer[];
  /** Calls that came, also those that were not taken. */
  calls: () => number;
  /** What a browser that was away shows when it comes back: the last message of each topic. */
  shownBy: (endpoint: string) => PushedMessage[];
  stop: () => Promise<void>;
}

interface Browser {
  privateKey: ECDH;
  authSecret: string;
  applicationServerKey: string;
}

export const startPushService = async (): Promise<PushService> => {
  const browsers = new Map<string, Browser>();
  const taken: PushedMessage[] = [];
  const answers: PushServiceAnswer[] = [];
  let calls = 0;
  const server = createServer(async (request, response) => {
    calls += 1;
    const refuse = (error: unknown): PushServiceAnswer => ({ status: 400, body: String(error) });
    const answer = answers.shift() ?? (await take(request).catch(refuse));
    response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? '');
  });

  const take = async (request: IncomingMessage): Promise<PushServiceAnswer> => {
    const endpoint = `${origin}${request.url}`;
    const browser = browsers.get(endpoint);
    if (!browser) return { status: 404 };
    if (!(await isSignedBy(browser.applicationServerKey, origin, request.headers.authorization)))
      return { status: 403 };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = decrypt(Buffer.concat(chunks), { version: 'aes128gcm', ...browser }).toString('utf8');
    const { topic, urgency, ttl } = request.headers as Record<string, string | undefined>;
    taken.push({ endpoint, topic, urgency, ttlSeconds: Number(ttl), message: JSON.parse(text) });
    return { status: 201, headers: { location: `${origin}/messages/${taken.length}` } };
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    taken,
    answers,
    calls: () => calls,
    subscribe: (applicationServerKey) => {
      const privateKey = createECDH('prime256v1');
      const p256dh = privateKey.generateKeys('base64url');
      const auth = randomBytes(16).toString('base64url');
      const endpoint = `${origin}/push/${randomBytes(12).toString('base64url')}`;
      browsers.set(endpoint, { privateKey, authSecret: auth, applicationServerKey });
      return { endpoint, keys: { p256dh, auth } };
    },
    shownBy: (endpoint) => {
      const own = taken.filter((each) => each.endpoint === endpoint);
      return [...new Map(own.map((each, index) => [each.topic ?? `none ${index}`, each])).values()];
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** RFC 8292: `vapid t=<JWT>, k=<key>`, where the key is the one the browser subscribed with and the token is for us. */
const isSignedBy = async (key: string, audience: string, header = ''): Promise<boolean> => {
  const [, token = '', given = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? [];
  if (given !== key) return false;
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const verifier = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
  const { payload } = await jwtVerify(token, verifier, { audience });
  return payload.sub?.startsWith('mailto:') === true && payload.exp !== undefined;
};
