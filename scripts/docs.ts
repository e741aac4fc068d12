// Writes what is made from the contracts: docs/openapi.json, docs/asyncapi.json and the client's table of operations; with
// --check it only says whether they are stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { contractsIn } from '../src/http/documents/contracts.ts';
import { printDocuments } from '../src/http/documents/documents.ts';
import { topics } from '../src/sdk/contract.ts';
import { printOperationTable } from './operation-table.ts';

const documents = Object.entries(printDocuments(contractsIn(Object.values(topics))));
const files = [
  ...documents.map(([name, text]) => [`docs/${name}.json`, text] as const),
  ['src/sdk/operation-table.ts', printOperationTable()] as const,
];
const placeOf = (path: string): URL => new URL(`../${path}`, import.meta.url);
const stale = files.filter(
  ([path, text]) => !existsSync(placeOf(path)) || readFileSync(placeOf(path), 'utf8') !== text,
);

if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} does not match the contracts: run "npm run docs"`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) {
    writeFileSync(placeOf(path), text);
    console.log(`wrote ${path}`);
  }
}
