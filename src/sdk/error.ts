import type { ErrorCode, Issue, WireError } from '../kernel/errors.ts';

/**
 * What only the client can say: nobody answered, so what became of the call is unknown; the outbox holds no more;
 * the message was taken back; the client was closed.
 */
export type ClientCode = 'UNREACHABLE' | 'OUTBOX_FULL' | 'DISCARDED' | 'CLOSED';

/** The one thing that this package throws: the server's error as it was sent, or one of the client's own. */
export class RallyError extends Error {
  readonly code: ErrorCode | ClientCode;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** When it may, in milliseconds from now; absent when the server did not say. */
  readonly retryAfterMs: number | undefined;
  /** The fields that were refused, when the code is INVALID_INPUT. */
  readonly issues: readonly Issue[];

  constructor(error: Omit<WireError, 'code'> & { code: ErrorCode | ClientCode }) {
    super(error.message);
    this.name = 'RallyError';
    this.code = error.code;
    this.retryable = error.retryable;
    this.retryAfterMs = error.retryAfterMs;
    this.issues = error.issues ?? [];
  }
}

/**
 * Nobody answered.
 * @param more.retryable false where another attempt would meet the same, such as at an address that is no Rally server's
 * @param more.cause the platform's own error
 */
export const unreachable = (message: string, more: { retryable?: boolean; cause?: unknown } = {}): RallyError => {
  const error = new RallyError({ code: 'UNREACHABLE', message, retryable: more.retryable ?? true });
  if (more.cause !== undefined) error.cause = more.cause;
  return error;
};

export const signedOut = (message = 'Sign in first.'): RallyError =>
  new RallyError({ code: 'UNAUTHENTICATED', message, retryable: false });

/** Anything thrown, as a RallyError. What is not one already comes from the network or its libraries. */
export const toRallyError = (thrown: unknown): RallyError => {
  if (thrown instanceof RallyError) return thrown;
  return unreachable(reasonOf(thrown));
};

/**
 * The sentence of what was thrown, with those of its causes: "fetch failed" alone does not say that a name is unknown.
 */
export const reasonOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause instanceof Error ? reasonOf(thrown.cause) : '';
  return [thrown.message, cause].filter((sentence) => sentence !== '').join(': ');
};

/**
 * Reads the error of an answer or a refused handshake; what does not look like one is the network's. A problem document
 * (RFC 9457) calls its sentence `detail`.
 */
export const readWireError = (value: unknown, fallback: string): RallyError => {
  if (typeof value !== 'object' || value === null) return unreachable(fallback);
  const { code, message, detail, retryable, retryAfterMs, issues } = value as Partial<WireError & { detail: string }>;
  if (typeof code !== 'string') return unreachable(fallback);
  return new RallyError({
    code,
    message: message ?? detail ?? fallback,
    retryable: retryable === true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(issues === undefined ? {} : { issues }),
  });
};
