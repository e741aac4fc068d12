import { parseArgs } from 'node:util';
import { compareReports } from './report/compare.ts';
import { printComparison, renderComparison } from './report/compare-print.ts';
import { readReport } from './report/read.ts';
import { writeWhole } from './report/write.ts';

const USAGE = 'Usage: npm run load:compare -- A.json B.json [--html FILE]';
/** For files that cannot be read or compared; a run that got worse is no failure of the comparison. */
const BAD_INPUT = 2;

/** `npm run load:compare`: two reports of one scenario side by side, and what got better and worse. */
async function main(): Promise<void> {
  const { files, htmlFile } = readOptions();
  const [a, b] = [await readReport(files.a), await readReport(files.b)];
  const comparison = compareReports(a, b);
  console.log(printComparison(comparison));
  if (htmlFile === undefined) return;
  await writeWhole(htmlFile, renderComparison(comparison, files));
  console.log(`\nas a page: ${htmlFile}`);
}

/** @throws Error that says how it is called */
function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: { html: { type: 'string' } },
  });
  const [a, b, ...more] = positionals;
  const { html: htmlFile, ...unknown } = values;
  if (a === undefined || b === undefined || more.length > 0 || Object.keys(unknown).length > 0) {
    throw new Error(`Two reports are compared. ${USAGE}`);
  }
  if (typeof htmlFile === 'boolean' || htmlFile === '') throw new Error(`--html takes the name of a file. ${USAGE}`);
  return { files: { a, b }, htmlFile };
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = BAD_INPUT;
}
