import type { OperationContract } from '../../kernel/contract.ts';

/** A contract's HTTP line, taken apart. */
export interface Route {
  /** In lower case, as OpenAPI writes it. */
  method: string;
  path: string;
  /** Names of the input fields that stand in the path. */
  pathFields: string[];
}

/** Null for operations that exist on live sockets only, and for those that take a file. */
export const routeOf = ({ http }: Pick<OperationContract, 'http'>): Route | null => {
  const [method, path] = http?.split(' ') ?? [];
  if (!method || !path) return null;
  const pathFields = [...path.matchAll(/{(\w+)}/g)].flatMap(([, field]) => field ?? []);
  return { method: method.toLowerCase(), path, pathFields };
};

/** Safe methods change nothing (RFC 9110, section 9.2.1): their input stands in the query, and they need no idempotency key. */
export const isSafe = ({ method }: Route): boolean => method === 'get';
