// Writes docs/openapi.json and docs/asyncapi.json from the contracts; with --check it only says whether they are stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { contractsIn } from '../src/http/documents/contracts.ts';
import { printDocuments } from '../src/http/documents/documents.ts';
import { topics } from '../src/sdk/contract.ts';

const documents = Object.entries(printDocuments(contractsIn(Object.values(topics))));
const pathOf = (name: string): URL => new URL(`../docs/${name}.json`, import.meta.url);
const isStale = ([name, text]: [string, string]): boolean =>
  !existsSync(pathOf(name)) || readFileSync(pathOf(name), 'utf8') !== text;

const stale = documents.filter(isStale);
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.error(`docs/${name}.json does not match the contracts: run "npm run docs"`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) {
    writeFileSync(pathOf(name), text);
    console.log(`wrote docs/${name}.json`);
  }
}
