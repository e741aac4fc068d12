import { isSafe, type Route, routeOf } from '../../src/http/documents/route.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { type Fetch, type HttpAnswer, send } from './call-http.ts';
import { goodInput, type Things } from './world.ts';

/** One byte more than a call may have. */
export const LARGE = 'x'.repeat(64 * 1_024 + 1);

/** An operation that takes its input in a body. */
export interface Taking {
  contract: OperationContract;
  route: Route;
}

export const takingBodies = (contracts: readonly OperationContract[]): Taking[] =>
  contracts.flatMap((contract) => {
    const route = routeOf(contract);
    return route && !isSafe(route) ? [{ contract, route }] : [];
  });

export interface Server {
  url: string;
  token: string;
  things: Things;
  /** Over the network when absent. */
  fetch?: Fetch;
}

/** Sends bodies that none of them may take. @returns the answers by what was sent */
export const sendBadBodies = async (server: Server, taking: Taking): Promise<Record<string, HttpAnswer>> => {
  const chunks = (): ReadableStream => {
    let left = 5;
    return new ReadableStream({
      pull: (controller) => {
        left -= 1;
        controller.enqueue(new TextEncoder().encode('x'.repeat(16 * 1_024)));
        if (left === 0) controller.close();
      },
    });
  };
  // Node's fetch asks for `duplex` where a body is a stream; the types do not know it yet.
  const inChunks = await post(server, taking, chunks(), { duplex: 'half' } as RequestInit);
  const answers: Record<string, HttpAnswer> = {
    large: await post(server, taking, JSON.stringify({ padding: LARGE })),
    'large, in chunks': inChunks,
  };
  for (const body of [...NO_JSON, ...NO_OBJECTS]) answers[body] = await post(server, taking, body);
  return answers;
};

const PROBLEM = 'application/problem+json';
const NO_JSON = ['{"chatId":', '{]', 'chatId=1', '\u0000'];
const NO_OBJECTS = ['[]', '"text"', '42', 'true'];

/** What they must be answered. */
export const REFUSALS = Object.fromEntries([
  ...['large', 'large, in chunks'].map((what) => [what, { status: 413, code: 'PAYLOAD_TOO_LARGE', type: PROBLEM }]),
  ...[...NO_JSON, ...NO_OBJECTS].map((body) => [body, { status: 400, code: 'INVALID_INPUT', type: PROBLEM }]),
]);

/** The part of the answers that is told beforehand. */
export const briefly = (answers: Record<string, HttpAnswer>): typeof REFUSALS =>
  Object.fromEntries(
    Object.entries(answers).map(([what, { status, body, headers }]) => [
      what,
      { status, code: body?.code, type: headers.get('content-type') },
    ]),
  );

const post = (
  { url, token, things, fetch }: Server,
  { contract, route }: Taking,
  body: string | ReadableStream,
  more: RequestInit = {},
): Promise<HttpAnswer> => {
  const path = route.path.replaceAll(/{(\w+)}/g, (_, field) =>
    encodeURIComponent(String(goodInput(things, contract)[field])),
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return send(`${url}${path}`, { method: route.method.toUpperCase(), headers, body, ...more }, fetch);
};
