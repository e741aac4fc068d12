import type { OperationContract } from '../../kernel/contract.ts';
import { HTTP_GUIDE } from './guides.ts';
import { createSchemaBook, type JsonObject } from './json-schema.ts';
import { extensionsOf, promisesOf, topicOf } from './meanings.ts';
import { fileRequestOf, IDEMPOTENCY_KEY, requestOf } from './openapi-request.ts';
import { createResponseBook, HEADERS } from './openapi-responses.ts';
import { isSafe, type Route, routeOf } from './route.ts';
import { PROBLEM } from './wire-schemas.ts';

/** The HTTP interface as an OpenAPI 3.1 document, in an order that depends on names alone. */
export const openApi = (operations: readonly OperationContract[], version: string): JsonObject => {
  const book = createSchemaBook('draft-2020-12');
  const responses = createResponseBook(book);
  const routed = operations
    .filter((contract) => routeOf(lineOf(contract)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const describe = (contract: OperationContract, route: Route): JsonObject => ({
    operationId: contract.name,
    summary: contract.summary,
    description: `${promisesOf(contract)}\n\nOver Socket.IO: \`${contract.name}\`.`,
    tags: [topicOf(contract)],
    security: contract.access === 'public' ? [] : [{ accessToken: [] }],
    ...(contract.file
      ? fileRequestOf(book.print(contract.input, 'input'), route, contract.file)
      : requestOf(book.print(contract.input, 'input'), route)),
    responses: responses.of(contract, isSafe(route) || contract.file !== undefined),
    ...extensionsOf(contract),
  });

  const paths: Record<string, JsonObject> = {};
  for (const contract of routed) {
    const route = routeOf(lineOf(contract));
    if (route) paths[route.path] = { ...paths[route.path], [route.method]: describe(contract, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Rally', version, summary: 'Calls over HTTP', description: HTTP_GUIDE, license: LICENSE },
    servers: [{ url: '/' }],
    tags: [...new Set(routed.map(topicOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...book.schemas, Problem: PROBLEM },
      responses: responses.refusals,
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      headers: HEADERS,
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};

const lineOf = ({ http, file }: OperationContract): Pick<OperationContract, 'http'> => {
  const line = http ?? file?.http;
  return line === undefined ? {} : { http: line };
};

const LICENSE = { name: 'MIT', identifier: 'MIT' };
