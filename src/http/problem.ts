import { STATUS_CODES } from 'node:http';
import { ERRORS, type WireError } from '../kernel/errors.ts';

/** The body of an error: problem details (RFC 9457) with the same fields that sockets get. */
export interface Problem extends Omit<WireError, 'message'> {
  type: 'about:blank';
  title: string;
  status: number;
  detail: string;
}

/** An error as a response. `Retry-After` is in whole seconds, at least one, wherever its status has it. */
export const problemResponse = ({ message, ...error }: WireError): Response => {
  const { status } = ERRORS[error.code];
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? '',
    status,
    detail: message,
    ...error,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (status === 429 || status === 503)
    headers.set('retry-after', String(Math.ceil((error.retryAfterMs ?? 1) / 1_000)));
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  // The rest of a body that was not read must not be taken for the next request.
  if (status === 413) headers.set('connection', 'close');
  return new Response(JSON.stringify(problem), { status, headers });
};
