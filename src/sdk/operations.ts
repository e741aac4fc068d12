import type { OperationFacts } from './contract.ts';
import { OPERATION_TABLE } from './operation-table.ts';

/** The facts of each operation that the client itself needs, by the operation's name. */
export const operations: ReadonlyMap<string, OperationFacts> = new Map(
  OPERATION_TABLE.map(([name, access, durability, http, inOrderOf]) => [
    name,
    { name, access, durability, ...(http ? { http } : {}), ...(inOrderOf === undefined ? {} : { inOrderOf }) },
  ]),
);
