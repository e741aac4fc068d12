import type { Hono } from 'hono';
import { AppError, wireError } from '../kernel/errors.ts';
import { execute, type Runtime } from '../kernel/execute.ts';
import type { Call, Handler } from '../kernel/handler.ts';
import { readIdempotencyKey } from '../platform/idempotency-key.ts';
import type { Platform } from '../platform/platform.ts';
import type { AppContext, AppEnv } from './app-env.ts';
import { authenticate } from './authenticate.ts';
import { problemResponse } from './problem.ts';
import { createReadInput } from './read-input.ts';

export interface ExposeParts {
  platform: Pick<Platform, 'clock' | 'readCaller' | 'tokens' | 'revocations'>;
  runtime: Runtime;
}

const MAX_AGENT_LENGTH = 300;

/** Makes a route of every operation that has an HTTP line. */
export const exposeOperations = (app: Hono<AppEnv>, handlers: Handler[], parts: ExposeParts): void => {
  // Sorted, `/v1/chats/unread` comes before `/v1/chats/{chatId}`: the first route that fits is taken.
  const routed = handlers.filter(({ contract }) => contract.http !== undefined);
  for (const handler of routed.sort((a, b) => lineOf(a).localeCompare(lineOf(b), 'en'))) {
    const [method = '', path = ''] = lineOf(handler).split(' ');
    app.on(method, path.replaceAll(/{(\w+)}/g, ':$1'), createRoute(handler, parts));
  }
};

const lineOf = ({ contract }: Handler): string => contract.http ?? '';

const createRoute = (handler: Handler, { platform, runtime }: ExposeParts) => {
  const { contract } = handler;
  const readInput = createReadInput(contract);
  return async (c: AppContext): Promise<Response> => {
    const startedAt = performance.now();
    const call = callOf(c, platform);
    try {
      const actor = await authenticate(platform, contract, c.req.header('authorization'));
      const key = idempotencyKeyOf(c);
      const answer = await execute(runtime, handler, await readInput(c), { ...call, ...key, actor });
      if (!answer.ok) return problemResponse(answer.error);
      return jsonAnswer(c, answer.data, answer.replayed ? { 'idempotency-replayed': 'true' } : {});
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      runtime.observe(contract, call, { code: error.code, durationMs: performance.now() - startedAt });
      return problemResponse(wireError(error));
    }
  };
};

/** With its length, by which it is known whether compressing it is worth while. */
const jsonAnswer = (c: AppContext, data: unknown, headers: Record<string, string>): Response => {
  const text = JSON.stringify(data ?? null);
  const length = String(Buffer.byteLength(text));
  return c.body(text, 200, { 'content-type': 'application/json', 'content-length': length, ...headers });
};

/** @throws INVALID_INPUT */
const idempotencyKeyOf = (c: AppContext): Pick<Call, 'idempotencyKey'> => {
  const key = c.req.method === 'GET' ? undefined : c.req.header('idempotency-key');
  return key === undefined ? {} : { idempotencyKey: readIdempotencyKey(key) };
};

/** The call as far as its headers tell; who makes it is not known yet. */
export const callOf = (c: AppContext, { clock, readCaller }: Pick<Platform, 'clock' | 'readCaller'>): Call => {
  const peer = c.env.incoming.socket.remoteAddress ?? '';
  return {
    actor: null,
    origin: {
      carrier: 'http',
      address: readCaller(peer, c.req.header('x-forwarded-for')).address,
      agent: (c.req.header('user-agent') ?? '').slice(0, MAX_AGENT_LENGTH),
    },
    requestId: c.get('requestId'),
    now: clock.now(),
  };
};
