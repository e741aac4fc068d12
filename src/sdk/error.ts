import type { ErrorCode, Issue, WireError } from '../kernel/errors.ts';

/**
 * What only the client can say: nobody answered, so what became of the call is unknown; the outbox holds no more;
 * the client was closed.
 */
export type ClientCode = 'UNREACHABLE' | 'OUTBOX_FULL' | 'CLOSED';

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

export const unreachable = (message: string): RallyError =>
  new RallyError({ code: 'UNREACHABLE', message, retryable: true });

export const signedOut = (message = 'Sign in first.'): RallyError =>
  new RallyError({ code: 'UNAUTHENTICATED', message, retryable: false });

/** Anything thrown, as a RallyError. What is not one already comes from the network or its libraries. */
export const toRallyError = (thrown: unknown): RallyError => {
  if (thrown instanceof RallyError) return thrown;
  return unreachable(thrown instanceof Error ? thrown.message : String(thrown));
};

/** Reads the error of an answer or a refused handshake; what does not look like one is the network's. */
export const readWireError = (value: unknown, fallback: string): RallyError => {
  if (typeof value !== 'object' || value === null) return unreachable(fallback);
  const { code, message, retryable, retryAfterMs, issues } = value as Partial<WireError>;
  if (typeof code !== 'string') return unreachable(fallback);
  return new RallyError({
    code,
    message: message ?? fallback,
    retryable: retryable === true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(issues === undefined ? {} : { issues }),
  });
};
