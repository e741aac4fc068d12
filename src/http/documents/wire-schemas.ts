import { ERRORS, type ErrorCode } from '../../kernel/errors.ts';
import type { JsonObject } from './json-schema.ts';
import { ERROR_MEANS } from './meanings.ts';

const CODE: JsonObject = { type: 'string', enum: Object.keys(ERRORS) };

const ISSUES: JsonObject = {
  type: 'array',
  items: {
    type: 'object',
    required: ['path', 'message'],
    properties: {
      path: { type: 'string', description: 'The refused field in dotted form, items.0.quantity' },
      message: { type: 'string' },
    },
  },
};

const RETRY: JsonObject = {
  retryable: { type: 'boolean', description: 'Whether the same call may succeed later' },
  retryAfterMs: { type: 'integer', minimum: 0, description: 'When, in milliseconds from now' },
};

/** An error in an acknowledgement. */
export const REFUSAL: JsonObject = {
  type: 'object',
  required: ['code', 'message', 'retryable'],
  properties: { code: CODE, message: { type: 'string' }, ...RETRY, issues: ISSUES },
};

/** The same error over HTTP, as RFC 9457 problem details. */
export const PROBLEM: JsonObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'retryable'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: CODE,
    ...RETRY,
    issues: ISSUES,
  },
};

/** Every code with its HTTP status and meaning, as a Markdown table. */
export const errorTable = (): string => {
  const rows = (Object.keys(ERRORS) as ErrorCode[]).map(
    (code) =>
      `| \`${code}\` | ${ERRORS[code].status} | ${ERRORS[code].retryable ? 'yes' : 'no'} | ${ERROR_MEANS[code]} |`,
  );
  return ['| code | status | retryable | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
};
