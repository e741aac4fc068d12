import type { FileLine } from '../../kernel/contract.ts';
import type { JsonObject } from './json-schema.ts';
import { isSafe, type Route } from './route.ts';

/** Where an operation's one input stands over HTTP: in the path, then in the query (GET) or the body (all others). */
export const requestOf = (input: JsonObject, route: Route): JsonObject => {
  const parameters = parametersOf(input, route);
  if (isSafe(route)) return { parameters };
  const body = withoutFields(input, route.pathFields);
  return {
    parameters: [...parameters, { $ref: '#/components/parameters/IdempotencyKey' }],
    ...(body === null
      ? {}
      : { requestBody: { required: mustBeSent(body), content: { 'application/json': { schema: body } } } }),
  };
};

/** The same where the body is a file; its own id makes repeats one, so that it takes no idempotency key. */
export const fileRequestOf = (input: JsonObject, route: Route, { mimeTypes }: FileLine): JsonObject => ({
  parameters: parametersOf(input, route),
  // A schema without any word is what OpenAPI 3.1 has for bytes.
  requestBody: { required: true, content: Object.fromEntries(mimeTypes.map((mimeType) => [mimeType, {}])) },
});

const parametersOf = (input: JsonObject, route: Route): JsonObject[] => {
  const required = namesIn(input);
  const isInPath = (name: string): boolean => route.pathFields.includes(name);
  return Object.entries(fieldsOf(input))
    .filter(([name]) => isInPath(name) || isSafe(route))
    .map(([name, schema]) => ({
      name,
      in: isInPath(name) ? 'path' : 'query',
      required: required.includes(name),
      schema,
    }));
};

const fieldsOf = (schema: JsonObject): Record<string, JsonObject> =>
  (schema.properties ?? {}) as Record<string, JsonObject>;

/** The required fields of an object schema. */
const namesIn = (schema: JsonObject): string[] => (schema.required ?? []) as string[];

/** The input without what stands in the path; null when nothing is left to send. */
const withoutFields = (input: JsonObject, names: string[]): JsonObject | null => {
  if (input.properties === undefined) return input;
  const left = Object.entries(fieldsOf(input)).filter(([name]) => !names.includes(name));
  if (left.length === 0) return null;
  const { required: _, ...rest } = input;
  const required = namesIn(input).filter((name) => !names.includes(name));
  return { ...rest, properties: Object.fromEntries(left), ...(required.length > 0 ? { required } : {}) };
};

/** A body whose every field is optional may be left out. */
const mustBeSent = (body: JsonObject): boolean => body.properties === undefined || body.required !== undefined;

/** Taken by every unsafe method. */
export const IDEMPOTENCY_KEY: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the client, one for each intended change. A repeat with the same key is given the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};
