import { isSafe, routeOf } from '../../src/http/documents/route.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import type { Issue, WireError } from '../../src/kernel/errors.ts';
import type { Answer } from '../../src/kernel/execute.ts';
import type { HttpAnswer } from './call-http.ts';
import { inputSchema } from './input-schema.ts';
import { goodInput, type Things } from './world.ts';
import { wrongInUrl, wrongValues } from './wrong-values.ts';

/** An input with one field that must be refused. */
export interface Wrong {
  field: string;
  input: Record<string, unknown>;
}

/** An otherwise good input for each way in which each field can be wrong, and without each field that must be there. */
export const wrongInputs = (things: Things, contract: OperationContract, values = wrongValues): Wrong[] => {
  const { properties = {}, required = [] } = inputSchema(contract);
  const missing = required.map((field): Wrong => {
    const { [field]: _, ...input } = goodInput(things, contract);
    return { field, input };
  });
  const wrong = Object.entries(properties).flatMap(([field, schema]) =>
    values(schema).map((value): Wrong => ({ field, input: { ...goodInput(things, contract), [field]: value } })),
  );
  return [...missing, ...wrong];
};

/** Those that a request can carry: in a path and in a query everything is text, and an empty path segment would be another path. */
export const wrongInputsOverHttp = (things: Things, contract: OperationContract): Wrong[] => {
  const route = routeOf(contract);
  if (!route) return [];
  const inUrl = (field: string): boolean => route.pathFields.includes(field) || isSafe(route);
  const inBody = wrongInputs(things, contract).filter(
    ({ field, input }) => !inUrl(field) && input[field] !== undefined,
  );
  const inText = wrongInputs(things, contract, wrongInUrl).filter(({ field, input }) => inUrl(field) && input[field]);
  return [...inBody, ...inText];
};

/** Asks with each. @returns a line for each answer that does not refuse the field by its name */
export const complaints = async (
  wrongs: Wrong[],
  ask: (input: Record<string, unknown>) => Promise<Partial<WireError> | undefined>,
): Promise<string[]> => {
  const found: string[] = [];
  for (const { field, input } of wrongs) {
    const error = await ask(input);
    const issues: Issue[] = error?.issues ?? [];
    const isNamed = issues.some(
      ({ path, message }) => (path === field || path.startsWith(`${field}.`)) && message !== '',
    );
    if (error?.code === 'INVALID_INPUT' && isNamed) continue;
    found.push(`${field}=${JSON.stringify(input[field])?.slice(0, 60)} was answered ${JSON.stringify(error)}`);
  }
  return found;
};

export const errorIn = (answer: Answer): Partial<WireError> | undefined => (answer.ok ? undefined : answer.error);

export const problemIn = ({ status, body }: HttpAnswer): Partial<WireError> =>
  status === 400 ? (body as Partial<WireError>) : { message: `status ${status}` };
