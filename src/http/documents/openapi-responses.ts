import { errorsOf, type OperationContract } from '../../kernel/contract.ts';
import { ERRORS, type ErrorCode } from '../../kernel/errors.ts';
import type { JsonObject, SchemaBook } from './json-schema.ts';
import { ERROR_MEANS } from './meanings.ts';

/** Prints answers; the refusals, which most operations share, are collected for `components.responses`. */
export interface ResponseBook {
  refusals: Record<string, JsonObject>;
  of: (contract: OperationContract, isSafe: boolean) => JsonObject;
}

export const createResponseBook = (book: SchemaBook): ResponseBook => {
  const refusals: Record<string, JsonObject> = {};
  const refusalsOf = (contract: OperationContract): JsonObject => {
    const answers: JsonObject = {};
    for (const [status, codes] of byStatus(errorsOf(contract))) {
      const name = codes.join('.');
      refusals[name] ??= refusal(status, codes);
      answers[status] = { $ref: `#/components/responses/${name}` };
    }
    return answers;
  };
  const of = (contract: OperationContract, isSafe: boolean): JsonObject => ({
    '200': {
      description: 'Done.',
      ...(isSafe ? {} : { headers: { 'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' } } }),
      content: { 'application/json': { schema: book.print(contract.output, 'output') } },
    },
    ...refusalsOf(contract),
  });
  return { refusals, of };
};

const byStatus = (codes: ErrorCode[]): Map<number, ErrorCode[]> => {
  const groups = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return groups;
};

const refusal = (status: number, codes: ErrorCode[]): JsonObject => {
  const narrowed = { properties: { code: { enum: codes } } };
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, narrowed] };
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_MEANS[code]}`).join('\n\n'),
    ...(RETRY_STATUSES.has(status) ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } : {}),
    content: { 'application/problem+json': { schema } },
  };
};

const RETRY_STATUSES: ReadonlySet<number> = new Set([429, 503]);

/** Headers of answers, for `components.headers`. */
export const HEADERS: JsonObject = {
  IdempotencyReplayed: { description: 'The answer was given before and is repeated.', schema: { const: 'true' } },
  RetryAfter: { description: 'Seconds until a repeat can succeed.', schema: { type: 'integer', minimum: 0 } },
};
