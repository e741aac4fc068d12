import { AppError } from '../kernel/errors.ts';

/** For the whole body, also over a slow line; it holds a share of the memory for uploads meanwhile. */
const WITHIN_MS = 180_000;

/** The body of a request as bytes that are read only when they are asked for. */
export const bytesOf = (request: Request) => ({
  byteLength: declaredLength(request),
  /**
   * Reads at most `maxBytes`, for at most three minutes.
   * @throws PAYLOAD_TOO_LARGE, INVALID_INPUT when it was compressed, cut off or too slow
   */
  read: (maxBytes: number): Promise<Uint8Array> => readWhole(request, maxBytes),
});

const declaredLength = ({ headers }: Request): number | null => {
  if (headers.has('transfer-encoding')) return null;
  const declared = headers.get('content-length');
  return declared === null ? 0 : Number(declared);
};

const readWhole = async (request: Request, maxBytes: number): Promise<Uint8Array> => {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw invalid(`Send the content as it is, not as ${encoding}.`);
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const late = setTimeout(() => void reader.cancel().catch(() => {}), WITHIN_MS);
  const whole = new Uint8Array(maxBytes);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(cutOff);
      if (done) return whole.subarray(0, length);
      if (length + value.length > maxBytes)
        throw new AppError('PAYLOAD_TOO_LARGE', `The content has more than ${maxBytes} bytes.`);
      whole.set(value, length);
      length += value.length;
    }
  } finally {
    clearTimeout(late);
  }
};

/** The caller hung up; nobody reads the answer, but it is no fault of ours. */
const cutOff = (): never => {
  throw invalid('The content was cut off.');
};

const invalid = (message: string): AppError =>
  new AppError('INVALID_INPUT', message, { issues: [{ path: 'content', message }] });
