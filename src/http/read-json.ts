import { AppError } from '../kernel/errors.ts';

/** The same bound as for a call over a socket. */
export const MAX_BODY_BYTES = 64 * 1_024;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * The body as a JSON object; an empty one without a body. Reads at most 64 KB.
 * @throws PAYLOAD_TOO_LARGE, INVALID_INPUT
 */
export const readJson = async (request: Request): Promise<Record<string, unknown>> => {
  if (isEmpty(request)) return {};
  refuseUnreadable(request);
  if (!JSON_TYPE.test(request.headers.get('content-type') ?? '')) throw invalid('Send the body as application/json.');
  return parseObject(await readText(request));
};

/**
 * The body as it came, whatever it says it is. Reads at most 64 KB.
 * @throws PAYLOAD_TOO_LARGE, INVALID_INPUT
 */
export const readText = async (request: Request): Promise<string> => {
  if (isEmpty(request)) return '';
  refuseUnreadable(request);
  return isChunked(request) ? readBounded(request) : request.text().catch(cutOff);
};

const isChunked = ({ headers }: Request): boolean => headers.has('transfer-encoding');

const isEmpty = (request: Request): boolean => {
  const declared = request.headers.get('content-length');
  return !isChunked(request) && (declared === null || declared === '0');
};

const refuseUnreadable = ({ headers }: Request): void => {
  if (Number(headers.get('content-length')) > MAX_BODY_BYTES) throw tooLarge();
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw invalid(`Send the body as it is, not as ${encoding}.`);
};

const parseObject = (text: string): Record<string, unknown> => {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('The body must be a JSON object.');
  }
  return value as Record<string, unknown>;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The body is not valid JSON.');
  }
};

/** A body of undeclared length is counted while it is read. */
const readBounded = async (request: Request): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read().catch(cutOff)) ?? { done: true };
    if (done) return Buffer.concat(chunks).toString('utf8');
    bytes += value.length;
    if (bytes > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(value);
  }
};

/** The caller hung up; nobody reads the answer, but it is no fault of ours. */
const cutOff = (): never => {
  throw invalid('The body was cut off.');
};

const invalid = (message: string): AppError => new AppError('INVALID_INPUT', message);

const tooLarge = (): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', `The body may have at most ${MAX_BODY_BYTES} bytes.`);
