import { generateKeyPairSync } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { AppEnv } from '../../src/http/app-env.ts';
import { exposeOperations } from '../../src/http/expose.ts';
import { exposeRaw } from '../../src/http/expose-raw.ts';
import { requestId } from '../../src/http/headers.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { type Answer, execute, type Runtime } from '../../src/kernel/execute.ts';
import type { Handler } from '../../src/kernel/handler.ts';
import { readNetworks } from '../../src/platform/addresses.ts';
import { createReadCaller } from '../../src/platform/caller-address.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { createTokens } from '../../src/platform/tokens.ts';
import { operations, type Things } from './world.ts';

/** What a call is answered with that got past access and input: behind the contracts here stands nothing. */
export const REACHED = 'reached';

const reached = (): never => {
  throw new AppError('NOT_FOUND', REACHED);
};

const runtime: Runtime = {
  limit: () => undefined,
  commit: async () => reached(),
  once: async (_contract, _input, _call, run) => ({ data: await run(), replayed: false }),
  explain: () => null,
  observe: () => undefined,
};

/** Every operation by the code that both carriers hand their calls to, in this process. */
export interface InProcess {
  /** The key that tokens are signed with, so that a test can sign what the server never would. */
  signingKey: string;
  tokens: { user: string; staff: string };
  /** The things that inputs name. Nobody has them. */
  things: Things;
  /** A call as a socket hands it over, by staff where only staff may. */
  call: (contract: OperationContract, input: unknown) => Promise<Answer>;
  /** The routes of all operations, under any origin. */
  fetch: (url: string, request?: RequestInit) => Promise<Response>;
}

export const openInProcess = async (): Promise<InProcess> => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const signingKey = JSON.stringify({ ...key, kid: 'conformance' });
  const tokens = await createTokens(signingKey, systemClock);
  const handlers = operations.map(handlerFor);
  const app = new Hono<AppEnv>();
  app.use(requestId);
  const platform = {
    clock: systemClock,
    readCaller: createReadCaller({ trusted: readNetworks(''), log: createLog('silent') }),
    tokens,
    revocations: { isRevoked: async () => false, revoke: async () => {}, revokedAmong: async () => new Set<string>() },
  };
  exposeRaw(app, handlers, { platform, runtime });
  exposeOperations(app, handlers, { platform, runtime });
  const [user, staff] = [await tokens.issue(actor('USER')), await tokens.issue(actor('SUPER_ADMIN'))];
  return {
    signingKey,
    tokens: { user: user.token, staff: staff.token },
    things: nobodys(user.token),
    call: (contract, input) => callAsSocket(contract, input),
    fetch: async (url, request = {}) => app.fetch(withLength(url, request), BINDINGS),
  };
};

const handlerFor = (contract: OperationContract): Handler =>
  // Safe: no step is called but these two.
  ({ contract, steps: { load: reached, allow: () => true, run: reached } }) as unknown as Handler;

const actor = (role: string): Actor => ({
  userId: newId(),
  sessionId: newId(),
  role,
  authenticatedAtMs: Date.now(),
});

const callAsSocket = (contract: OperationContract, input: unknown): Promise<Answer> =>
  execute(runtime, handlerFor(contract), overTheWire(input), {
    actor: actor(contract.access === 'staff' ? 'SUPER_ADMIN' : 'USER'),
    origin: { carrier: 'socket', address: '192.0.2.1', agent: 'test' },
    requestId: newId(),
    now: new Date(),
  });

const overTheWire = (value: unknown): unknown => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

// Safe: of Node's own request only the peer's address is looked at.
const BINDINGS = { incoming: { socket: { remoteAddress: '127.0.0.1' } } } as unknown as HttpBindings;

/** The request with the header that tells how long its body is, as `fetch` would send it. */
const withLength = (url: string, { headers, ...request }: RequestInit): Request => {
  const { body } = request;
  const all = new Headers(headers);
  if (typeof body === 'string') all.set('content-length', String(Buffer.byteLength(body)));
  if (body instanceof ReadableStream) all.set('transfer-encoding', 'chunked');
  return new Request(url, { ...request, headers: all });
};

const nobodys = (token: string): Things => ({
  ann: { token, password: 'secret of nobody', refreshToken: newId(), verificationId: newId() },
  bob: { id: newId() },
  chatId: newId(),
  gathering: {
    eventId: newId(),
    ticketTypeIds: [newId()],
    updateId: newId(),
    seriesId: newId(),
    pollId: newId(),
    choices: [newId()],
    questionId: newId(),
  },
  mediaId: newId(),
});
