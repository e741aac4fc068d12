import { layOut, readable } from '../../load/report/table.ts';
import { openFilledDatabase } from './database.ts';
import { type Measured, measureKind } from './measure.ts';
import { readSearchOptions, SEARCH_USAGE, type SearchOptions } from './options.ts';
import { KINDS } from './searches.ts';

const HEADER = ['search', 'p50 ms', 'p99 ms', 'without index: p50 ms', 'p99 ms', 'times faster at p50'];

/** `npm run bench -- search`: every search over a filled database, beside itself without its index. */
export async function runSearchBench(args: string[]): Promise<void> {
  const options = parseOrExit(args);
  const database = await openFilledDatabase(options);
  try {
    const measured: Measured[] = [];
    for (const kind of KINDS) {
      console.log(kind.name);
      measured.push(await measureKind(database.url, kind, options));
    }
    console.log(`\n${report(measured, options)}`);
  } finally {
    await database.stop();
  }
}

function parseOrExit(args: string[]): SearchOptions {
  try {
    return readSearchOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${SEARCH_USAGE}`);
    process.exit(2);
  }
}

function report(measured: Measured[], { events, messages, samples, slowSamples }: SearchOptions): string {
  const rows = measured.map(({ name, withIndex, withoutIndex }) => [
    name,
    readable(withIndex.p50Ms),
    readable(withIndex.p99Ms),
    readable(withoutIndex.p50Ms),
    readable(withoutIndex.p99Ms),
    readable(withoutIndex.p50Ms / withIndex.p50Ms),
  ]);
  return [
    `${readable(events)} events, ${readable(messages)} messages; ${samples} searches each, ${slowSamples} of them without the index`,
    layOut(HEADER, rows),
    '',
    ...measured.flatMap(({ name, scans }) => [name, ...scans.map((scan) => `  ${scan}`)]),
  ].join('\n');
}
