import { isSafe, routeOf } from '../../src/http/documents/route.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { inputSchema } from './input-schema.ts';

/** All that a carrier can tell operations apart by: where their fields travel, who may call, and what runs them. */
const kindOf = (contract: OperationContract): string => {
  const { access, durability, http, file } = contract;
  const route = routeOf(contract);
  if (!route) return `${durability} ${access} by socket alone`;
  const fields = Object.keys(inputSchema(contract).properties ?? {});
  const hasMore = fields.length > route.pathFields.length;
  const more = isSafe(route) ? 'query' : 'body';
  const places = [...(route.pathFields.length > 0 ? ['path'] : []), ...(hasMore ? [more] : [])];
  const carrier = [...(http ? ['json'] : []), ...(file ? ['file'] : [])];
  return [route.method, durability, access, ...places, ...carrier].join(' ');
};

/** The first operation of each kind. What carriers do is the same for all of a kind, so one of them shows it over the wire. */
export const oneOfEachKind = (contracts: readonly OperationContract[]): OperationContract[] => {
  const kinds = new Map<string, OperationContract>();
  for (const contract of contracts) if (!kinds.has(kindOf(contract))) kinds.set(kindOf(contract), contract);
  return [...kinds.values()];
};
