// Writes docs/schema/ from prisma/schema: a diagram and a dictionary per domain. With --check it only says what is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSchema } from './schema-docs/parse.ts';
import { renderPages } from './schema-docs/render.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const pages = [...renderPages(readSchema(pathOf('prisma/schema')))];
const fileOf = (name: string): string => pathOf(`docs/schema/${name}`);
const stale = pages.filter(([name, text]) => !existsSync(fileOf(name)) || readFileSync(fileOf(name), 'utf8') !== text);

if (process.argv.includes('--check')) {
  for (const [name] of stale)
    console.error(`docs/schema/${name} is stale: run "node --import tsx scripts/schema-docs.ts"`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(pathOf('docs/schema'), { recursive: true });
  for (const [name, text] of stale) {
    writeFileSync(fileOf(name), text);
    console.log(`wrote docs/schema/${name}`);
  }
}
