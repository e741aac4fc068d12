import { isSafe, routeOf } from '../../src/http/documents/route.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';

export interface HttpAnswer {
  status: number;
  headers: Headers;
  /** Parsed; undefined when the answer is no JSON. */
  body: Record<string, unknown> | undefined;
}

export interface HttpCall {
  url: string;
  input: Record<string, unknown>;
  token?: string;
  headers?: Record<string, string>;
  /** Carries the request; over the network when absent. */
  fetch?: Fetch;
}

export type Fetch = (url: string, request: RequestInit) => Promise<Response>;

/** Calls an operation by its HTTP line: its input goes into the path, then into the query or the body. */
export const callHttp = async (
  contract: OperationContract,
  { url, input, token, headers, fetch }: HttpCall,
): Promise<HttpAnswer> => {
  const route = routeOf(contract);
  if (!route) throw new Error(`${contract.name} has no HTTP line`);
  const path = route.path.replaceAll(/{(\w+)}/g, (_, field) => encodeURIComponent(String(input[field])));
  const rest = Object.entries(input).filter(([field]) => !route.pathFields.includes(field));
  const query = isSafe(route) ? `?${queryOf(rest)}` : '';
  const hasBody = !isSafe(route) && rest.length > 0;
  const request = {
    method: route.method.toUpperCase(),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(hasBody ? { body: JSON.stringify(Object.fromEntries(rest)) } : {}),
  };
  return send(`${url}${path}${query}`, request, fetch);
};

/** A list is a field that stands in the query several times. */
const queryOf = (fields: [string, unknown][]): string => {
  const query = new URLSearchParams();
  for (const [name, value] of fields) for (const each of [value].flat()) query.append(name, String(each));
  return query.toString();
};

export const send = async (url: string, request: RequestInit, carry: Fetch = fetch): Promise<HttpAnswer> => {
  const response = await carry(url, request);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined };
};
