import { io, type Socket } from 'socket.io-client';
import type { Answer } from '../../src/kernel/execute.ts';
import { newId } from '../../src/platform/ids.ts';

/** Someone with an account, as a program that knows protocol.md alone would see them. */
export interface Person {
  id: string;
  username: string;
  email: string;
  password: string;
  token: string;
  refreshToken: string;
  /** Of the proof of the address that was asked for at registration. */
  verificationId: string;
}

const REGISTER_REPEATS = 5;

/** One HTTP call; throws nothing, gives status and parsed body. */
export const http = async (
  url: string,
  { token, body, method = body === undefined ? 'GET' : 'POST', headers = {} }: HttpOptions = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> => {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // Safe: every answer under /v1 is a JSON object.
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
};

interface HttpOptions {
  token?: string;
  body?: unknown;
  method?: string;
  headers?: Record<string, string>;
}

export const register = async (nodeUrl: string): Promise<Person> => {
  const name = `u${newId().replaceAll('-', '').slice(-20)}`;
  const person = { email: `${name}@example.org`, username: name, password: `secret ${name}` };
  const body = { ...person, firstName: 'Test', lastName: name.slice(-4) };
  const ask = () => http(`${nodeUrl}/v1/auth/register`, { body, headers: { 'idempotency-key': name } });
  let answer = await ask();
  // Servers that have just been started are slow at first; clients repeat what they are told to repeat.
  for (let repeats = 0; answer.status === 503 && repeats < REGISTER_REPEATS; repeats += 1) answer = await ask();
  if (answer.status !== 200) throw new Error(`registering answered ${answer.status} ${JSON.stringify(answer.body)}`);
  // Safe: checked by the contract on the server's side.
  const { user, accessToken, refreshToken, verification } = answer.body as {
    user: { id: string };
    accessToken: string;
    refreshToken: string;
    verification: { verificationId: string };
  };
  return { ...person, id: user.id, token: accessToken, refreshToken, verificationId: verification.verificationId };
};

/** A plain Socket.IO client. It does not reconnect unless asked to. */
export const connect = (nodeUrl: string, { token }: { token: string }, reconnection = false): Socket =>
  io(nodeUrl, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection });

export const call = (socket: Socket, operation: string, input: unknown = {}): Promise<Answer> =>
  socket.timeout(10_000).emitWithAck(operation, input);

/** Calls and gives the answer's data. @throws Error with the code when it was refused */
export const ask = async <T>(socket: Socket, operation: string, input: unknown = {}): Promise<T> => {
  const answer = await call(socket, operation, input);
  if (!answer.ok) throw new Error(`${operation} answered ${answer.error.code}: ${answer.error.message}`);
  // Safe: the caller names the contract's output.
  return answer.data as T;
};
