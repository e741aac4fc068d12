import type { OperationContract } from '../kernel/contract.ts';
import { RallyError, readWireError, reasonOf, unreachable } from './error.ts';

export interface HttpCall {
  contract: Pick<OperationContract, 'name' | 'http'>;
  input: object;
  accessToken?: string | undefined;
  idempotencyKey?: string | undefined;
  timeoutMs: number;
}

/**
 * Makes one call over HTTP by the contract's own line: path parameters from the input, the rest as query or JSON body.
 * @throws RallyError the server's, or UNREACHABLE when there was no answer in time
 */
export const callOverHttp = async (url: string, call: HttpCall): Promise<unknown> => {
  const { path, init } = requestOf(call);
  return exchange(call.contract.name, { url: new URL(path, url), init, timeoutMs: call.timeoutMs });
};

/** A request as it is sent, whatever its body. */
export interface HttpRequest {
  url: URL;
  init: RequestInit;
  timeoutMs: number;
}

/**
 * Sends a request of an operation and reads its answer.
 * @throws RallyError the server's, or UNREACHABLE when there was no answer in time, or one that no Rally server gives
 */
export const exchange = async (operation: string, { url, init, timeoutMs }: HttpRequest): Promise<unknown> => {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(Math.max(1, timeoutMs)) });
    text = await response.text();
  } catch (thrown) {
    throw unreachable(`${operation} got no answer from ${url.origin}: ${reasonOf(thrown)}`, { cause: thrown });
  }
  if (response.status === 204) return null;
  const body = readJson(text);
  if (body === undefined && response.status < 500) {
    const answered = `${url.origin} answered ${operation} with ${response.status} and no JSON`;
    throw unreachable(`${answered}: it is not the address of a Rally server.`, { retryable: false });
  }
  if (!response.ok) throw withRetryAfter(readProblem(body, response), response);
  return body;
};

/** Undefined for what is no JSON. */
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const requestOf = ({ contract, input, accessToken, idempotencyKey }: HttpCall): { path: string; init: RequestInit } => {
  const [method = '', template = ''] = (contract.http ?? '').split(' ');
  if (template === '') throw new TypeError(`${contract.name} has no HTTP line; it needs a live connection`);
  const rest = new Map(Object.entries(input));
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  const headers: Record<string, string> = {};
  if (accessToken !== undefined) headers.authorization = `Bearer ${accessToken}`;
  if (method === 'GET') return { path: path + queryOf(rest), init: { method, headers } };
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  headers['content-type'] = 'application/json';
  return { path, init: { method, headers, body: JSON.stringify(Object.fromEntries(rest)) } };
};

const queryOf = (rest: Map<string, unknown>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of rest) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
};

/** A proxy in between may answer in its own words; its status then says whether a repeat makes sense. */
const readProblem = (body: unknown, response: Response): RallyError => {
  const told = readWireError(body, `The server answered ${response.status}.`);
  if (told.code !== 'UNREACHABLE' || response.status >= 500) return told;
  return new RallyError({ code: 'INTERNAL', message: told.message, retryable: false });
};

const withRetryAfter = (error: RallyError, response: Response): RallyError => {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (error.retryAfterMs !== undefined || Number.isNaN(seconds)) return error;
  const { code, message, retryable, issues } = error;
  return new RallyError({ code, message, retryable, retryAfterMs: seconds * 1_000, issues: [...issues] });
};
