import type { OperationFacts } from './contract.ts';
import { OPERATION_TABLE } from './operation-table.ts';

/** What the client itself must know of each operation, by its name. */
export const operations: ReadonlyMap<string, OperationFacts> = new Map(
  OPERATION_TABLE.map(([name, access, durability, http, inOrderOf]) => [
    name,
    { name, access, durability, ...(http ? { http } : {}), ...(inOrderOf === undefined ? {} : { inOrderOf }) },
  ]),
);
