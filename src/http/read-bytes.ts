import { AppError } from '../kernel/errors.ts';

/** For the whole body, also over a slow line. */
const WITHIN_MS = 180_000;
/** A line that brings less than this in any such span is not slow but stuck, or held open on purpose. */
const PACE = { bytes: 40 * 1_024, withinMs: 5_000 };

/** The body of a request as bytes that are read only when they are asked for. */
export const bytesOf = (request: Request, pace = PACE) => ({
  byteLength: declaredLength(request),
  /**
   * Reads at most `maxBytes`, for at most three minutes, and as long as 8 KiB a second come.
   * @param arrived told of bytes as they come, before they are kept; what it throws ends the reading
   * @throws PAYLOAD_TOO_LARGE, INVALID_INPUT when it was compressed, cut off or too slow
   */
  read: (maxBytes: number, arrived: (bytes: number) => void = () => {}): Promise<Uint8Array> =>
    readWhole(request, { maxBytes, arrived, pace }),
});

interface Reading {
  maxBytes: number;
  arrived: (bytes: number) => void;
  pace: typeof PACE;
}

const declaredLength = ({ headers }: Request): number | null => {
  if (headers.has('transfer-encoding')) return null;
  const declared = headers.get('content-length');
  return declared === null ? 0 : Number(declared);
};

const readWhole = async (request: Request, { maxBytes, arrived, pace }: Reading): Promise<Uint8Array> => {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw invalid(`Send the content as it is, not as ${encoding}.`);
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  // Zeroed pages: they take memory as they are written to.
  const whole = new Uint8Array(maxBytes);
  let length = 0;
  let isTooSlow = false;
  const stop = endWhenSlow(reader, pace, () => length);
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(cutOff);
      if (done) break;
      if (length + value.length > maxBytes)
        throw new AppError('PAYLOAD_TOO_LARGE', `The content has more than ${maxBytes} bytes.`);
      arrived(value.length);
      whole.set(value, length);
      length += value.length;
    }
  } finally {
    isTooSlow = stop();
  }
  if (isTooSlow) throw invalid('The content came too slowly.');
  return whole.subarray(0, length);
};

/** Ends the reading when it falls behind the pace, or takes too long in all. @returns what stops that; whether it has ended it */
const endWhenSlow = (
  reader: Pick<ReadableStreamDefaultReader, 'cancel'>,
  pace: typeof PACE,
  lengthNow: () => number,
): (() => boolean) => {
  const startedAt = performance.now();
  let before = 0;
  let isEnded = false;
  const timer = setInterval(() => {
    const length = lengthNow();
    const isSlow = length - before < pace.bytes || performance.now() - startedAt > WITHIN_MS;
    before = length;
    if (!isSlow) return;
    isEnded = true;
    void reader.cancel().catch(() => {});
  }, pace.withinMs);
  return () => {
    clearInterval(timer);
    return isEnded;
  };
};

/** The caller hung up; nobody reads the answer, but it is no fault of ours. */
const cutOff = (): never => {
  throw invalid('The content was cut off.');
};

const invalid = (message: string): AppError =>
  new AppError('INVALID_INPUT', message, { issues: [{ path: 'content', message }] });
