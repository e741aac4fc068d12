import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 20;
/** Who is told to wait longer than this has a limit before them that a repeat does not get around. */
const PATIENCE_SECONDS = 90;
/** Too many calls, a server at its bounds, and a commit that nobody has heard of yet. */
const PASSING = new Set([429, 503, 504]);

/** Who calls: a user, or somebody who is not signed in yet. */
export interface Caller {
  /** Where they say they come from; a server believes it from a proxy on its own machine. */
  address?: string;
  accessToken?: string;
  /** Makes a repeat of the call harmless. */
  idempotencyKey?: string;
}

/** What the server answered instead of doing it. */
export class Refused extends Error {
  readonly status: number;
  constructor(url: string, status: number, body: string) {
    super(`${url} answered ${status}: ${body}`);
    this.status = status;
  }
}

const headersOf = ({ address, accessToken, idempotencyKey }: Caller): Record<string, string> => ({
  'content-type': 'application/json',
  ...(address !== undefined && { 'x-forwarded-for': address }),
  ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
  ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
});

/** One call over HTTP; waits and repeats where the server says that it is worth it. @throws Refused */
export async function post<Output>(url: string, input: unknown, from: Caller): Promise<Output> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { method: 'POST', headers: headersOf(from), body: JSON.stringify(input) });
    if (response.ok) return (await response.json()) as Output; // the shapes of the published contract
    const pauseSeconds = Number(response.headers.get('retry-after') ?? 1);
    const isPassing = PASSING.has(response.status) && pauseSeconds <= PATIENCE_SECONDS;
    if (!isPassing || attempt === ATTEMPTS) throw new Refused(url, response.status, await response.text());
    await response.arrayBuffer();
    await sleep(pauseSeconds * 1000);
  }
}

/** One question over HTTP. @throws Refused */
export async function get<Output>(url: string, from: Caller): Promise<Output> {
  const response = await fetch(url, { headers: headersOf(from) });
  if (!response.ok) throw new Refused(url, response.status, await response.text());
  return (await response.json()) as Output; // the shapes of the published contract
}

/** `Promise.all` with at most `limit` at the same time. */
export async function mapSome<Input, Output>(
  inputs: Input[],
  limit: number,
  run: (input: Input) => Promise<Output>,
): Promise<Output[]> {
  const outputs: Output[] = [];
  const queue = inputs.entries();
  const lane = async () => {
    for (const [index, input] of queue) outputs[index] = await run(input);
  };
  await Promise.all(Array.from({ length: limit }, lane));
  return outputs;
}
