/** Every code a caller may see: its HTTP status and whether the same call may succeed later. */
export const ERRORS = {
  INVALID_INPUT: { status: 400, retryable: false },
  UNAUTHENTICATED: { status: 401, retryable: false },
  TOKEN_EXPIRED: { status: 401, retryable: false },
  REAUTHENTICATE: { status: 401, retryable: false },
  FORBIDDEN: { status: 403, retryable: false },
  NOT_FOUND: { status: 404, retryable: false },
  CONFLICT: { status: 409, retryable: false },
  SOLD_OUT: { status: 409, retryable: false },
  SALE_CLOSED: { status: 409, retryable: false },
  ALREADY_BOOKED: { status: 409, retryable: false },
  HOLD_EXPIRED: { status: 409, retryable: false },
  OFFER_EXPIRED: { status: 409, retryable: false },
  PROMO_INVALID: { status: 409, retryable: false },
  PROMO_EXHAUSTED: { status: 409, retryable: false },
  GONE: { status: 410, retryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, retryable: false },
  IDEMPOTENCY_MISMATCH: { status: 422, retryable: false },
  RATE_LIMITED: { status: 429, retryable: true },
  SLOW_MODE: { status: 429, retryable: true },
  SLOW_CONSUMER: { status: 429, retryable: true },
  INTERNAL: { status: 500, retryable: false },
  OVERLOADED: { status: 503, retryable: true },
  COMMIT_TIMEOUT: { status: 503, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

/** Codes any operation may answer with; a contract lists only what it adds to them. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  'INVALID_INPUT',
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'IDEMPOTENCY_MISMATCH',
  'RATE_LIMITED',
  'INTERNAL',
  'OVERLOADED',
];

/** One field that was refused: `path` in dotted form ("items.0.quantity"), `message` a sentence. */
export interface Issue {
  path: string;
  message: string;
}

/** The error as it goes over the wire, the same on every carrier. */
export interface WireError {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  retryAfterMs?: number;
  issues?: Issue[];
}

export interface ErrorDetails {
  /** When a repeat can succeed, in milliseconds from now. */
  retryAfterMs?: number;
  issues?: Issue[];
}

/**
 * An answer the caller is meant to understand. Anything else that is thrown is a bug and is answered as INTERNAL. It has
 * no stack: to take one costs more than all else of refusing a crowd, and code and message say where it comes from.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** The wire form of an error; `retryable` comes from the table so that it can never contradict the code. */
export const wireError = (error: AppError): WireError => ({
  code: error.code,
  message: error.message,
  retryable: ERRORS[error.code].retryable,
  ...(error.details.retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(error.details.retryAfterMs) }),
  ...(error.details.issues === undefined ? {} : { issues: error.details.issues }),
});

/** Rebuilds an error that crossed a process boundary in its wire form. */
export const fromWireError = (wire: WireError): AppError =>
  new AppError(wire.code, wire.message, {
    ...(wire.retryAfterMs === undefined ? {} : { retryAfterMs: wire.retryAfterMs }),
    ...(wire.issues === undefined ? {} : { issues: wire.issues }),
  });

/** The refusal of one field of the input: `path` in dotted form, and the reason as the end of a sentence. */
export const invalidField = (path: string, message: string): AppError =>
  new AppError('INVALID_INPUT', `${path}: ${message}`, { issues: [{ path, message }] });
