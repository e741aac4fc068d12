import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Paths that never reach a log line, wherever they stand. */
const SECRET = ['password', 'token', 'accessToken', 'refreshToken', 'authorization', 'totp'];

/** JSON lines on standard output; fields, not sentences. */
export const createLog = (level: string, fields: Record<string, unknown> = {}): Log =>
  pino({
    level,
    base: fields,
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
  });
