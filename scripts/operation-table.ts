import type { OperationContract } from '../src/kernel/contract.ts';
import { topics } from '../src/sdk/contract.ts';

const isOperation = (value: unknown): value is OperationContract =>
  typeof value === 'object' && value !== null && 'durability' in value && 'name' in value;

const HEAD = `// Written by "npm run docs" from the contracts: what a client must know of each operation.
import type { OperationFacts } from './contract.ts';

/** Name, who may call it, how durable it is, its line over HTTP, and the field whose calls keep their order. */
type Row = readonly [
  name: OperationFacts['name'],
  access: OperationFacts['access'],
  durability: OperationFacts['durability'],
  http: OperationFacts['http'] | null,
  inOrderOf?: readonly string[],
];

// biome-ignore format: one operation a line
export const OPERATION_TABLE: readonly Row[] = [
`;

const literal = (value: unknown): string => JSON.stringify(value).replaceAll("'", "\\'").replaceAll('"', "'");

const rowOf = ({ name, access, durability, http, inOrderOf }: OperationContract): string => {
  const row = [name, access, durability, http ?? null, ...(inOrderOf === undefined ? [] : [inOrderOf])];
  return `  [${row.map(literal).join(', ')}],\n`;
};

/** The text of `src/sdk/operation-table.ts`. */
export const printOperationTable = (): string => {
  const operations = Object.values(topics)
    .flatMap((topic) => Object.values<unknown>(topic))
    .filter(isOperation)
    .sort((a, b) => a.name.localeCompare(b.name));
  return `${HEAD}${operations.map(rowOf).join('')}];\n`;
};
